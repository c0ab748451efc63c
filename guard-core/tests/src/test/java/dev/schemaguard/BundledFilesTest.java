// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.testing.H2;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import javax.sql.DataSource;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A thread whose context class loader does not see the application, as of a platform. */
class BundledFilesTest {

  private final ClassLoader before = Thread.currentThread().getContextClassLoader();

  @TempDir private Path folder;

  @AfterEach
  void giveBackTheLoader() {
    Thread.currentThread().setContextClassLoader(before);
  }

  @Test
  void areFoundByTheClassThatBuildsTheGuard() throws Exception {
    Path source = folder.resolve("App.java");
    Files.writeString(
        source,
        """
        import dev.schemaguard.SchemaGuard;
        import java.util.function.Function;
        import javax.sql.DataSource;
        public class App implements Function<DataSource, Object> {
          public Object apply(DataSource dataSource) {
            return SchemaGuard.builder(dataSource).build();
          }
        }
        """);
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    String path = System.getProperty("java.class.path");
    assertThat(compiler.run(null, null, null, "-cp", path, "-proc:none", source.toString()))
        .isZero();
    Files.createDirectories(folder.resolve("schema-guard"));
    Files.writeString(folder.resolve("schema-guard/revisions.txt"), "0001\n0002\n");
    try (URLClassLoader application =
        new URLClassLoader(new URL[] {folder.toUri().toURL()}, before)) {
      @SuppressWarnings("unchecked")
      Function<DataSource, Object> app =
          (Function<DataSource, Object>)
              application.loadClass("App").getDeclaredConstructor().newInstance();
      Thread.currentThread().setContextClassLoader(ClassLoader.getPlatformClassLoader());

      SchemaGuard guard = (SchemaGuard) app.apply(H2.database().dataSource());

      assertThat(guard.matrix().chain().orElseThrow().size()).isEqualTo(2);
    }
  }

  @Test
  void thatAreNowhereAreAnErrorThatSaysWhereItLooked() {
    Thread.currentThread().setContextClassLoader(null);

    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> SchemaGuard.builder(H2.database().dataSource()).build())
        .withMessageContaining("the context class loader of the thread")
        .withMessageContaining("AppClassLoader 'app'")
        .withMessageContaining("classLoader(YourApplication.class.getClassLoader())");
  }
}
