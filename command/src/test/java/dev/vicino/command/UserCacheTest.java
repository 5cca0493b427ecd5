package dev.vicino.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UserCacheTest {
    private static final Path HOME = Path.of("home").toAbsolutePath();
    private static final Path ELSEWHERE = Path.of("elsewhere").toAbsolutePath();

    @Test
    void isInDotCacheOnLinuxUnlessTheEnvironmentSaysOtherwise() {
        assertThat(UserCache.folder(Map.of(), "Linux", HOME)).isEqualTo(HOME.resolve(".cache/vicino"));
        assertThat(UserCache.folder(Map.of("XDG_CACHE_HOME", ELSEWHERE.toString()), "Linux", HOME))
                .isEqualTo(ELSEWHERE.resolve("vicino"));
    }

    @Test
    void ignoresARelativeFolderInTheEnvironment() {
        assertThat(UserCache.folder(Map.of("XDG_CACHE_HOME", "elsewhere"), "Linux", HOME))
                .isEqualTo(HOME.resolve(".cache/vicino"));
        assertThat(UserCache.folder(Map.of("XDG_CACHE_HOME", ""), "Linux", HOME))
                .isEqualTo(HOME.resolve(".cache/vicino"));
    }

    @Test
    void followsTheRulesOfMacOsAndWindows() {
        assertThat(UserCache.folder(Map.of(), "Mac OS X", HOME)).isEqualTo(HOME.resolve("Library/Caches/vicino"));
        assertThat(UserCache.folder(Map.of(), "Windows 11", HOME)).isEqualTo(HOME.resolve("AppData/Local/vicino"));
        assertThat(UserCache.folder(Map.of("LOCALAPPDATA", ELSEWHERE.toString()), "Windows 11", HOME))
                .isEqualTo(ELSEWHERE.resolve("vicino"));
    }
}
