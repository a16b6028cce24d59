# SPDX-License-Identifier: MIT
# Completion of shmtop for bash; needs nothing but bash. The test
# docs.completion compares it with the tables of the program.

# Adds what `compgen OPTION...` finds for $cur.
_shmtop_add() {
    local reply
    while IFS= read -r reply; do
        COMPREPLY+=("$reply")
    done < <(compgen "$@" -- "$cur")
}

# Adds a name that others chose: it is quoted, and never expanded.
_shmtop_name() {
    [[ $1 == "$cur"* ]] && COMPREPLY+=("$(printf %q "$1")")
}

_shmtop_files() { # EXTENSION
    compopt -o filenames 2>/dev/null
    _shmtop_add -d
    _shmtop_add -f -X "!*${1-}"
}

_shmtop_layouts() {
    local folder file folders=${XDG_DATA_HOME:-$HOME/.local/share} IFS=:
    folders+=:${XDG_DATA_DIRS:-/usr/local/share:/usr/share}
    for folder in $folders; do
        for file in "$folder"/shmtop/layouts/*.ini; do
            file=${file##*/}
            [[ $file == '*.ini' ]] || _shmtop_name "${file%.ini}"
        done
    done
    _shmtop_files .ini
}

_shmtop_mappings() {
    local path
    for path in /dev/shm/*; do
        [[ -f $path ]] && _shmtop_name "shm:${path##*/}"
    done
    if [[ $cur == file:* ]]; then
        head+=file: cur=${cur#file:}
        _shmtop_files
    fi
    _shmtop_add -W 'shm: file: sysv: sysv:id= pid: mem:'
}

_shmtop_takes=' --refresh -r --count -n --timeout -T --format -f --output -o
 --held --fail-on --include -i --exclude -x --layout -l --target -t --abi --color
 --graph --highlight --sort --theme --history --screen --keys --config '

_shmtop_argument() { # OPTION
    case $1 in
    --format | -f)
        _shmtop_add -W 'text json'
        [[ $command == check ]] || _shmtop_add -W csv ;;
    --held) _shmtop_add -W 'empty shown' ;;
    --fail-on) _shmtop_add -W 'warn crit' ;;
    --abi)
        _shmtop_add -W 'x86-linux x64-linux x86-windows x64-windows
            arm64-linux' ;;
    --color) _shmtop_add -W 'auto always never' ;;
    --graph) _shmtop_add -W 'blocks braille ascii' ;;
    --highlight) _shmtop_add -W 'off last baseline' ;;
    --sort) _shmtop_add -W 'layout recent name value unit rate age min max average previous baseline difference alarm path offset type' ;;
    --theme) _shmtop_add -W 'terminal dark light mono' ;;
    --tear) _shmtop_add -W 'break slow die' ;;
    --output | -o) _shmtop_files ;;
    --config) _shmtop_files .ini ;;
    --layout | -l) _shmtop_layouts ;;
    --target | -t) _shmtop_mappings ;;
    esac
}

_shmtop_options() {
    local open='--layout -l --target -t --abi' run='--refresh -r --count -n'
    local read='--timeout -T --wait --wait= -w --include -i --exclude -x
        --verbose -v --config'
    case $command in
    watch)
        open+=" $run $read --color --ascii -a --graph --highlight --sort --theme
            --mouse --bell --title --clock --sync --autosave --rw --history
            --held --screen --keys" ;;
    print)
        open+=" $run $read --once -1 --format -f --output -o --raw --detail -d
            --held --fail-on" ;;
    write) open+=" $run --replace --tear --tear= --quiet -q" ;;
    check)
        open='--abi --format -f --output -o --verbose -v --portable -p
            --c-header' ;;
    import) open='--output -o' ;;
    esac
    _shmtop_add -W "$open --help -h --version -V"
}

_shmtop_operand() {
    case $command$1 in
    import0) _shmtop_files ;;
    check*) _shmtop_layouts ;;
    *0 | watch*) if [[ $layout ]]; then _shmtop_mappings; else _shmtop_layouts; fi ;;
    esac
    [[ $named$ended$1 == 0 ]] &&
        _shmtop_add -W 'watch print write set check import'
}

_shmtop() {
    local command=watch operands=0 words=() i word
    local named='' layout='' ended='' skip='' join='' head='' strip=''
    COMPREPLY=()
    # Readline splits words at = and : too; join them again.
    for ((i = 0; i <= COMP_CWORD; i++)); do
        word=${COMP_WORDS[i]}
        if [[ $join || ($i -gt 1 && $word == [=:]) ]]; then
            words[-1]+=$word
        else
            words+=("$word")
        fi
        [[ $word == [=:] ]] && join=yes || join=
    done
    local cur=${words[-1]} full=${words[-1]}
    for word in "${words[@]:1:${#words[@]}-2}"; do
        if [[ $skip ]]; then
            skip=
        elif [[ $word == -* && ! $ended ]]; then
            [[ $word == -- ]] && ended=yes
            [[ $word == --layout* || $word == -l ]] && layout=yes
            [[ $_shmtop_takes =~ [[:space:]]"$word"[[:space:]] ]] && skip=$word
        elif [[ ! $named$ended && $operands == 0 &&
            $word =~ ^(watch|print|write|set|check|import)$ ]]; then
            command=$word named=yes
        else
            ((++operands))
        fi
    done
    if [[ $skip ]]; then
        _shmtop_argument "$skip"
    elif [[ $cur == --*=* && ! $ended ]]; then
        head=${cur%%=*}= cur=${cur#*=}
        _shmtop_argument "${head%=}"
    elif [[ $cur == -* && ! $ended ]]; then
        _shmtop_options
    else
        _shmtop_operand "$operands"
    fi
    # Readline replaces only what follows the last = or : of the word.
    for i in = :; do
        word=${full%"$i"*}$i
        [[ $COMP_WORDBREAKS == *$i* && $full == *$i* ]] &&
            ((${#word} > ${#strip})) && strip=$word
    done
    for i in "${!COMPREPLY[@]}"; do
        word=$head${COMPREPLY[i]}
        COMPREPLY[i]=${word#"$strip"}
    done
    [[ ${COMPREPLY[*]-} == *[=:] ]] && compopt -o nospace 2>/dev/null
    return 0
}

complete -F _shmtop shmtop
