// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.servlet.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.testing.H2;
import dev.schemaguard.testing.Statewave;
import dev.schemaguard.testing.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A JVM of its own, in which {@code on-refusal} is halt. */
class HaltTest {

  /** Starts a container with an application on a database that is behind. */
  public static final class Main {
    public static void main(String[] arguments) {
      TestDatabase database = H2.database();
      Statewave.update(database.dataSource(), 9);
      WebApp web = WebApp.statewave(Path.of(arguments[1])).strict().guarded(database);
      RunningApp unused =
          web.with("schema-guard.on-refusal", "halt").in(Container.valueOf(arguments[0]));
      System.exit(99);
    }
  }

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(Container.class)
  void aRefusalEndsTheJvmWithTheExitCodeOfTheVerdict(Container container) throws Exception {
    Process jvm =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                container.name(),
                folder.toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(jvm.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(jvm.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(output).contains("Schema Guard refused to start statewave 0.6.0   [GUARD-BEHIND]");
    assertThat(jvm.exitValue()).isEqualTo(3);
  }
}
