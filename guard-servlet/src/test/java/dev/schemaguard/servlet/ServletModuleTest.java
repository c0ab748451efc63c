// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletContainerInitializer;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.ServiceLoader;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the module shows of itself: its settings, its public types, its dependencies. */
class ServletModuleTest {

  /** An addition here is a decision: what is public stays. */
  private static final List<String> PUBLIC_TYPES =
      List.of(
          "Access",
          "ClientVersionFilter",
          "LivenessServlet",
          "MigrationsServlet",
          "Page",
          "ReadinessServlet",
          "SchemaGuardFilter",
          "SchemaGuardInitializer",
          "SchemaGuardListener",
          "VersionServlet");

  @Test
  void exactlyTheseTypesArePublic() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("target/classes/dev/schemaguard/servlet"))) {
      List<String> names =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.endsWith(".class") && !name.contains("$"))
              .map(name -> name.replace(".class", ""))
              .filter(name -> Modifier.isPublic(type(name).getModifiers()))
              .toList();
      assertThat(new TreeSet<>(names)).containsExactlyElementsOf(PUBLIC_TYPES);
    }
  }

  private static Class<?> type(String name) {
    try {
      return Class.forName(
          "dev.schemaguard.servlet." + name, false, ServletModuleTest.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void theGuideNamesEverySetting() throws IOException {
    assertThat(firstColumn("| setting | default"))
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(Setting.values()).map(Setting::word).toList());
  }

  @Test
  void theGuideNamesEveryPageWithItsPlaceAndServlet() throws IOException {
    assertThat(firstColumn("| page | path"))
        .containsExactlyElementsOf(Arrays.stream(Page.values()).map(Page::key).toList());
    for (Page page : Page.values()) {
      String row =
          "| `%s` | `%s` | `%s` |"
              .formatted(page.key(), page.path(), page.servlet().getSimpleName());
      assertThat(guide()).anySatisfy(line -> assertThat(line).startsWith(row));
    }
  }

  private static List<String> firstColumn(String header) throws IOException {
    Predicate<String> isHeader = line -> line.startsWith(header);
    return guide()
        .dropWhile(isHeader.negate())
        .skip(2)
        .takeWhile(line -> line.startsWith("|"))
        .map(line -> line.split("\\|", -1)[1])
        .flatMap(cell -> Pattern.compile("`([a-z-]+)`").matcher(cell).results())
        .map(name -> name.group(1))
        .toList();
  }

  private static Stream<String> guide() throws IOException {
    return Files.readAllLines(Path.of("../docs/reference/servlet.md")).stream();
  }

  @Test
  void containersFindTheInitializer() {
    assertThat(ServiceLoader.load(ServletContainerInitializer.class))
        .singleElement()
        .isInstanceOf(SchemaGuardInitializer.class);
  }

  /** slf4j-api comes with guard-core; the API is the container's own. */
  @Test
  void itAddsGuardCoreAlone() throws IOException {
    List<String> transitive =
        Arrays.stream(Files.readString(Path.of("pom.xml")).split("<dependency>", -1))
            .skip(1)
            .map(text -> text.substring(0, text.indexOf("</dependency>")))
            .filter(text -> !text.contains("<scope>"))
            .map(text -> text.replaceAll("(?s).*<artifactId>(.*?)</artifactId>.*", "$1"))
            .toList();

    assertThat(transitive).containsExactly("guard-core", "slf4j-api");
  }
}
