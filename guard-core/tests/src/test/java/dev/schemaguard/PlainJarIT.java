// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Requires.Modifier;
import java.lang.module.ModuleFinder;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What users put on their class path. */
class PlainJarIT {

  private static final File JAR = new File(System.getProperty("core.jar"));

  @Test
  void carriesTheLibraryAndNothingOfTheCommandLine() throws IOException {
    try (JarFile jar = new JarFile(JAR)) {
      List<String> names = jar.stream().map(JarEntry::getName).toList();
      assertThat(names).contains("dev/schemaguard/SchemaGuard.class");
      assertThat(names)
          .allMatch(name -> name.matches("(META-INF/|dev/).*|module-info\\.class"))
          .noneMatch(name -> name.startsWith("dev/schemaguard/cli"));
    }
  }

  @Test
  void isAModuleThatNeedsOneOfTheJdkAndTheLog() {
    ModuleDescriptor module =
        ModuleFinder.of(JAR.toPath()).find("dev.schemaguard.core").orElseThrow().descriptor();

    assertThat(module.isAutomatic()).isFalse();
    assertThat(module.requires())
        .filteredOn(required -> !required.modifiers().contains(Modifier.STATIC))
        .extracting(ModuleDescriptor.Requires::name)
        .containsExactlyInAnyOrder("java.base", "java.sql", "org.slf4j");
  }

  @Test
  void exportsNothingOfTheInsideToApplications() {
    ModuleDescriptor module =
        ModuleFinder.of(JAR.toPath()).find("dev.schemaguard.core").orElseThrow().descriptor();

    assertThat(module.exports())
        .filteredOn(exported -> !exported.isQualified())
        .extracting(ModuleDescriptor.Exports::source)
        .contains("dev.schemaguard", "dev.schemaguard.status")
        .doesNotContain(
            "dev.schemaguard.check", "dev.schemaguard.assessment", "dev.schemaguard.settings");
  }

  /** A run-time image takes only modules that describe themselves. */
  @Test
  void fitsIntoARunTimeImage(@TempDir Path temp) throws Exception {
    Path slf4j =
        Path.of(LoggerFactory.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    StringWriter output = new StringWriter();
    PrintWriter out = new PrintWriter(output);

    int code =
        ToolProvider.findFirst("jlink")
            .orElseThrow()
            .run(
                out,
                out,
                "--module-path",
                JAR.getPath() + File.pathSeparator + slf4j,
                "--add-modules",
                "dev.schemaguard.core",
                "--output",
                temp.resolve("image").toString());

    assertThat(code).as(output.toString()).isZero();
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
