// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.schemaguard.policy.IncompatibleSchemaException;
import dev.schemaguard.testing.Document;
import dev.schemaguard.testing.Document.Block;
import dev.schemaguard.testing.H2;
import dev.schemaguard.testing.Statewave;
import dev.schemaguard.testing.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import javax.sql.DataSource;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The Java that the documents show. */
class JavaExamplesTest {

  private static final String FRAME =
      """
      import dev.schemaguard.*;
      import dev.schemaguard.assessment.*;
      import dev.schemaguard.build.*;
      import dev.schemaguard.connections.*;
      import dev.schemaguard.history.*;
      import dev.schemaguard.matrix.*;
      import dev.schemaguard.policy.*;
      import dev.schemaguard.preflight.*;
      import dev.schemaguard.report.*;
      import dev.schemaguard.status.*;
      import dev.schemaguard.tenants.*;
      import java.sql.*;
      import java.time.*;
      import java.util.*;
      import javax.sql.*;
      import org.junit.jupiter.api.Test;

      public class Example {
        public static DataSource dataSource;
        public static String version;
        public static boolean wholeGrid;
        public static SchemaGuard guard;
        %s
      }
      """;

  @TempDir Path directory;

  static Stream<Block> examples() {
    return Document.guides().flatMap(document -> document.blocks("java").stream());
  }

  @ParameterizedTest
  @MethodSource("examples")
  void compiles(Block example) throws Exception {
    compile(example);
  }

  @Test
  void theReadmesOneLineStartsTheApplicationOnlyOnItsSchema() throws Exception {
    Block line =
        Document.of("README.md").blocks("java").stream()
            .filter(block -> block.text().contains("enforce()"))
            .findFirst()
            .orElseThrow();
    compile(line);
    bundle("schema-guard/compatibility.md");
    bundle("schema-guard/revisions.txt");
    TestDatabase database = H2.database();
    Statewave.update(database.dataSource(), 9);
    assertThatThrownBy(() -> run(database.dataSource()))
        .isInstanceOf(IncompatibleSchemaException.class);
    Statewave.update(database.dataSource(), 3);
    assertThatCode(() -> run(database.dataSource())).doesNotThrowAnyException();
  }

  private void compile(Block example) throws Exception {
    boolean members = example.text().startsWith("@") || example.text().contains("class ");
    String body =
        members
            ? example.text()
            : "public static void run() throws Exception {\n" + example.text() + "}";
    Path source = Files.writeString(directory.resolve("Example.java"), FRAME.formatted(body));
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    int code =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, errors, "-proc:none", "-cp", classPath, source.toString());
    assertThat(code).as(example + "\n" + errors.toString(StandardCharsets.UTF_8)).isZero();
  }

  private void bundle(String resource) throws Exception {
    Path file = directory.resolve(resource);
    Files.createDirectories(file.getParent());
    Files.writeString(file, Statewave.resource("statewave/" + resource));
  }

  /** Runs the compiled example as an application would that bundles the files beside it. */
  private void run(DataSource dataSource) throws Throwable {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (URLClassLoader application =
        new URLClassLoader(new URL[] {directory.toUri().toURL()}, before)) {
      thread.setContextClassLoader(application);
      Class<?> example = application.loadClass("Example");
      example.getField("dataSource").set(null, dataSource);
      example.getMethod("run").invoke(null);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}
