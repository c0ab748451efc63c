// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;

/** What users put on their class path. */
class PlainJarIT {

  private static final File JAR = new File(System.getProperty("core.jar"));

  @Test
  void carriesTheLibraryAndNothingOfTheCommandLine() throws IOException {
    try (JarFile jar = new JarFile(JAR)) {
      List<String> names = jar.stream().map(JarEntry::getName).toList();
      assertThat(names).contains("dev/schemaguard/SchemaGuard.class");
      assertThat(names)
          .allMatch(name -> name.startsWith("META-INF/") || name.startsWith("dev/"))
          .noneMatch(name -> name.startsWith("dev/schemaguard/cli"));
    }
  }

  @Test
  void hasAModuleName() throws IOException {
    try (JarFile jar = new JarFile(JAR)) {
      assertThat(jar.getManifest().getMainAttributes().getValue("Automatic-Module-Name"))
          .isEqualTo("dev.schemaguard.core");
    }
  }

  @Test
  void needsTwoModulesOfTheJdk() {
    StringWriter modules = new StringWriter();
    PrintWriter out = new PrintWriter(modules);
    ToolProvider.findFirst("jdeps")
        .orElseThrow()
        .run(out, out, "--ignore-missing-deps", "--print-module-deps", JAR.getPath());
    assertThat(modules.toString().strip()).isEqualTo("java.base,java.sql");
  }

  /** The first concatenation that is linked at run time costs milliseconds, and every one a few. */
  @Test
  void concatenatesWithoutLinkingAtRunTime() throws IOException {
    try (JarFile jar = new JarFile(JAR)) {
      List<JarEntry> classes =
          jar.stream().filter(entry -> entry.getName().endsWith(".class")).toList();
      assertThat(classes).hasSizeGreaterThan(100);
      for (JarEntry entry : classes) {
        String constants = new String(jar.getInputStream(entry).readAllBytes(), ISO_8859_1);
        assertThat(constants).as(entry.getName()).doesNotContain("makeConcat");
      }
    }
  }
}
