#!/bin/sh
# Packs the program, and a Java runtime made for it, into one archive that needs no JDK.
# Called by the dist profile with the build folder and the version; JAVA_HOME is the JDK of the build.
set -eu

target=$1
version=$2

# What our code and the libraries use: javac and the zip file system read the corpus of the demo, java.management and
# jdk.unsupported are for the embedding runtime, java.desktop draws the picture of a report. jdeps cannot tell, because only some of the libraries are modules.
modules=java.base,java.desktop,java.logging,java.management,java.xml,jdk.compiler,jdk.incubator.vector,jdk.unsupported,jdk.zipfs

os=$(uname -s | tr '[:upper:]' '[:lower:]')
name=vicino-$version-$os-$(uname -m)
dist=$target/dist/$name

rm -rf "$target/dist"
mkdir -p "$dist/bin"
"$JAVA_HOME/bin/jlink" --add-modules "$modules" --no-header-files --no-man-pages --generate-cds-archive \
    --output "$dist/runtime"
cp -R "$target/app/lib" "$dist/lib"
cp ../LICENSE "$dist/"
cp ../vicino "$dist/bin/"

# One run to prove that it starts, and to keep what Java learns in it for the runs to come.
log=$target/dist/first-run.log
if ! VICINO_JAVA_OPTS=-XX:AOTCacheOutput=$dist/vicino.aot "$dist/bin/vicino" --help >"$log" 2>&1; then
    cat "$log" >&2
    exit 1
fi
tar -C "$target/dist" -czf "$target/$name.tar.gz" "$name"
echo "packed $target/$name.tar.gz"
