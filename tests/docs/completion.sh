#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# The completion for bash: it offers what the tables of the program have, and
# nothing else.
# usage: completion.sh WORDS COMPLETION (the test program, the script)
[ -n "${PRIVATE_SHM-}" ] ||
    exec sh "$(dirname "$0")/../private_shm.sh" bash "$0" "$@"
set -uo pipefail
words=${1:?usage: completion.sh WORDS COMPLETION}
# shellcheck source=/dev/null
. "${2:?}" || exit
work=$(mktemp -d)
bad=0
segment=/dev/shm/shmtop_docs_$$
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/data/shmtop/layouts" "$work/here/folder"
touch "$work/data/shmtop/layouts/docs_layout.ini" "$work/here/docs_file.ini" \
    "$work/here/program"
export XDG_DATA_HOME=$work/data XDG_DATA_DIRS=$work/none
cd "$work/here" || exit
"$words" | tr -d '\r' >"$work/words" || exit

# offered WORD...: what is offered for the last word of the line
offered() {
    COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
    _shmtop
    printf '%s\n' "${COMPREPLY[@]}" | sort -u
}
same() { # WHAT GOT WANT
    [ "$2" = "$3" ] && return
    printf '%s:\n--- offered\n%s\n--- expected\n%s\n' "$1" "$2" "$3"
    bad=1
}

COMP_WORDBREAKS=$' \t\n"\'@><=;|&(:' # as readline has it
commands=$(sed -n 's/^command //p' "$work/words")
for command in $commands; do
    same "the command $command" "$(offered shmtop "$command")" "$command"

    # Options: long and short ones, and those whose argument may be left out.
    takes() {
        sed -n "s/^takes \(--[^ ]*\)\( .*\)\? $command\( .*\)\?$/\1/p" \
            "$work/words"
    }
    for option in $(takes); do
        echo "$option"
        sed -n "s/^letter $option //p" "$work/words"
        grep -qx -e "optional $option" "$work/words" && echo "$option="
    done | sort -u >"$work/options"
    same "options of $command" "$(offered shmtop "$command" -)" \
        "$(cat "$work/options")"

    for option in $(takes); do
        want=$(sed -n "s/^offer $command $option //p" "$work/words" | sort -u)
        [ -n "$want" ] || continue
        same "$command $option=" "$(offered shmtop "$command" "$option" = '')" \
            "$want"
        grep -qx -e "argument $option" "$work/words" || continue
        same "$command $option" "$(offered shmtop "$command" "$option" '')" \
            "$want"
    done
done

# The argument of an option is no operand; a flag has none.
while read -r kind option; do
    case $kind in
    argument) same "after $option" \
        "$(offered shmtop print "$option" x docs_l)" \
        "$([ "$option" = --layout ] || echo docs_layout)" ;;
    flag | optional) same "after $option" \
        "$(offered shmtop print "$option" docs_l)" docs_layout ;;
    esac
done <"$work/words"

same "an option" "$(offered shmtop print --form)" --format
same "a word" "$(offered shmtop print --format j)" json
same "a word after =" "$(offered shmtop print --format = j)" json
same "no option of another command" "$(offered shmtop print --repl)" ""
same "an installed layout" "$(offered shmtop docs_l)" docs_layout
same "a layout file" "$(offered shmtop check docs_f)" docs_file.ini
same "no other file as a layout" "$(offered shmtop print prog)" ""
same "a program to import" "$(offered shmtop import prog)" program
same "no second target" "$(offered shmtop print docs_layout docs)" ""
same "another target to watch" \
    "$(offered shmtop docs_layout docs_l)" docs_layout
same "no layout as a value" "$(offered shmtop set docs_layout docs)" ""
same "another layout to check" \
    "$(offered shmtop check docs_layout docs_l)" docs_layout
same "no command after --" "$(offered shmtop -- impor)" ""
same "a command after an option" "$(offered shmtop -v impor)" import

touch "$segment" "$segment \$(touch executed)" || exit
name=${segment##*/}
same "a mapping" "$(offered shmtop --target shm : "$name")" \
    "$(printf '%q\n' "$name" "$name \$(touch executed)")"
same "a mapping as target" "$(offered shmtop -l docs_layout shm : "${name}")" \
    "$(printf '%q\n' "$name" "$name \$(touch executed)")"
[ ! -e executed ] || { echo "a name was executed"; bad=1; }
rm "$segment "*
same "forms of targets" "$(offered shmtop --target '' | grep -v '^shm:.' |
    tr '\n' ' ')" 'file: mem: pid: shm: sysv: sysv:id= '
same "a mapped file" "$(offered shmtop --target file : docs)" docs_file.ini

COMP_WORDBREAKS=$' \t\n'
same "a word, unsplit" "$(offered shmtop print --format=j)" --format=json
same "a mapping, unsplit" "$(offered shmtop "--target=shm:$name")" \
    "--target=shm:$name"
[ "$bad" -eq 0 ] && echo "the completion and the tables agree"
exit "$bad"
