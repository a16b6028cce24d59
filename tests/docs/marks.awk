# SPDX-License-Identifier: MIT
# The words that an mdoc page marks, a line "MACRO WORD" for each. The brackets
# of types and sections are cut off. "takes OPTION COMMAND..." comes from the
# line ".Bq Cm COMMAND..." after the item of an option.

function plain(word)
{
    gsub(/\\&/, "", word)
    gsub(/\\\(dq/, "\"", word)
    gsub(/\\-/, "-", word)
    gsub(/\\e/, "\\", word)
    return word
}

# Takes the next argument off `rest`; sets `quoted`.
function next_argument(    word)
{
    sub(/^ +/, "", rest)
    quoted = rest ~ /^"/
    if (quoted) {
        word = substr(rest, 2)
        sub(/".*/, "", word)
        rest = substr(rest, length(word) + 3)
    } else {
        word = rest
        sub(/ .*/, "", word)
        rest = substr(rest, length(word) + 1)
    }
    return word
}

function mark(macro, word)
{
    if (macro == "Fl") {
        word = "-" word
        if (item && word ~ /^--/)
            option = word
    }
    if (macro == "Vt")
        sub(/\[.*/, "", word)
    if (macro == "Li" && word ~ /^\[/) {
        sub(/^\[/, "", word)
        sub(/[] ].*/, "", word)
        macro = "[]"
    }
    print macro, word
}

/^\.Bq Cm / {
    print "takes " option substr($0, 7)
    next
}

/^\.[A-Z]/ {
    rest = substr($0, 2)
    macro = ""
    item = rest ~ /^It /
    while (rest ~ /[^ ]/) {
        word = next_argument()
        if (!quoted && word ~ /^[A-Z][a-z]$/)
            macro = word
        else if (macro != "" && word !~ /^[].,:;()[|]$/) {
            mark(macro, plain(word))
            if (macro == "Fn") # what follows are arguments
                macro = ""
        }
    }
}
