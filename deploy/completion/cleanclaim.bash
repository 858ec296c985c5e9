# bash completion of cleanclaim: the commands come from the program itself
_cleanclaim() {
    local words
    if [ "$COMP_CWORD" -eq 1 ]; then
        words=$(cleanclaim help 2>/dev/null | awk '/^  [a-z0-9]+ /{print $1}')
        mapfile -t COMPREPLY < <(compgen -W "$words help" -- "${COMP_WORDS[1]}")
        return
    fi
    case ${COMP_WORDS[COMP_CWORD]} in
    -*)
        words=$(cleanclaim help "${COMP_WORDS[1]}" 2>/dev/null | grep -oE -- '--[a-z-]+' | sort -u)
        mapfile -t COMPREPLY < <(compgen -W "$words" -- "${COMP_WORDS[COMP_CWORD]}")
        ;;
    *) mapfile -t COMPREPLY < <(compgen -f -- "${COMP_WORDS[COMP_CWORD]}") ;;
    esac
}
complete -o filenames -F _cleanclaim cleanclaim
