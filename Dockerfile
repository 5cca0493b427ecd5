# docker build -t vicino .
# docker run --rm -v "$PWD:/data" vicino search index.vicino queries.npy

FROM maven:3.9-eclipse-temurin-25 AS build
WORKDIR /src
COPY . .
RUN ./mvnw -B -ntp -Pdist -Dmaven.test.skip -Dspotless.check.skip -pl cli -am package \
    && mkdir /opt/vicino \
    && tar -xzf cli/target/vicino-*.tar.gz -C /opt/vicino --strip-components=1

FROM debian:13-slim
COPY --from=build /opt/vicino /opt/vicino
RUN useradd --create-home --uid 10001 vicino \
    && mkdir /data \
    && chown vicino:vicino /data \
    && ln -s /opt/vicino/bin/vicino /usr/local/bin/vicino
USER vicino
WORKDIR /data
VOLUME /data
ENTRYPOINT ["vicino"]
CMD ["--help"]
