# Finds a JDK 25 or newer and exports it as JAVA_HOME, or says what to install and exits.
# Sourced by ./vicino and ./mvnw; plain POSIX sh. Versions are read from `release` files: starting java takes longer.

min_jdk=25

# Whether the folder $1 holds a JDK that is new enough.
is_jdk() {
    [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
    while IFS='="' read -r key _ version _; do
        if [ "$key" = JAVA_VERSION ]; then
            version=${version%%[!0-9]*}
            [ "${version:-0}" -ge "$min_jdk" ]
            return
        fi
    done <"$1/release"
    return 1
}

# Sets path_home to the folder of the java on the PATH, links resolved.
jdk_on_path() {
    path_java=$(command -v java) || return 1
    while [ -L "$path_java" ]; do
        link=$(readlink "$path_java")
        case $link in
            /*) path_java=$link ;;
            *) path_java=${path_java%/*}/$link ;;
        esac
    done
    path_home=${path_java%/bin/java}
}

find_jdk() {
    if [ -n "${VICINO_JAVA_HOME:-}" ]; then
        if ! is_jdk "$VICINO_JAVA_HOME"; then
            echo "vicino: VICINO_JAVA_HOME = $VICINO_JAVA_HOME, expected the folder of a JDK $min_jdk or newer." >&2
            exit 1
        fi
        JAVA_HOME=$VICINO_JAVA_HOME
        export JAVA_HOME
        return
    fi
    path_home=
    jdk_on_path || true
    for home in "${JAVA_HOME:-}" "$path_home" \
        /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* "${HOME:-}"/.sdkman/candidates/java/* "${HOME:-}"/.jdks/* \
        /Library/Java/JavaVirtualMachines/*/Contents/Home "${HOME:-}"/Library/Java/JavaVirtualMachines/*/Contents/Home \
        /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
        /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
        if is_jdk "$home"; then
            JAVA_HOME=$home
            export JAVA_HOME
            return
        fi
    done
    echo "vicino: no JDK $min_jdk or newer was found; install one (for example Eclipse Temurin $min_jdk)" \
        "or set VICINO_JAVA_HOME to its folder." >&2
    exit 1
}
