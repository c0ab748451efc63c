// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.BeanUtils;
import org.springframework.boot.configurationmetadata.ConfigurationMetadataProperty;
import org.springframework.boot.configurationmetadata.ConfigurationMetadataRepository;
import org.springframework.boot.configurationmetadata.ConfigurationMetadataRepositoryJsonBuilder;

/** What the module shows of itself: its settings, its public types, its dependencies. */
class SpringModuleTest {

  /** An addition here is a decision: what is public stays. */
  private static final List<String> PUBLIC_TYPES =
      List.of(
          "GuardProperties",
          "SchemaGuardAutoConfiguration",
          "SchemaGuardCustomizer",
          "SchemaGuardEndpointAutoConfiguration",
          "SchemaGuardHealthAutoConfiguration",
          "SchemaGuardHealthBoot3AutoConfiguration",
          "SchemaGuardInfoAutoConfiguration",
          "SchemaGuardMetricsAutoConfiguration",
          "SchemaGuardProperties",
          "SchemaGuardStartupException",
          "SchemaStatusChangedEvent");

  private static ConfigurationMetadataRepository metadata() throws IOException {
    ConfigurationMetadataRepositoryJsonBuilder builder =
        ConfigurationMetadataRepositoryJsonBuilder.create();
    try (InputStream in =
        Objects.requireNonNull(
            SpringModuleTest.class.getResourceAsStream(
                "/META-INF/spring-configuration-metadata.json"))) {
      return builder.withJsonResource(in).build();
    }
  }

  @Test
  void everySettingIsDescribedForTheEditor() throws IOException {
    List<ConfigurationMetadataProperty> settings =
        metadata().getAllProperties().values().stream()
            .filter(property -> property.getId().startsWith("schema-guard."))
            .toList();

    assertThat(settings)
        .hasSameSizeAs(
            Arrays.stream(BeanUtils.getPropertyDescriptors(SchemaGuardProperties.class))
                .filter(property -> property.getWriteMethod() != null)
                .toList())
        .allSatisfy(
            property -> assertThat(property.getDescription()).as(property.getId()).endsWith("."));
    assertThat(metadata().getAllProperties())
        .containsKeys(
            "management.health.schema.enabled",
            "management.info.schema.enabled",
            "management.metrics.enable.schema.guard");
  }

  @Test
  void theGuideNamesEverySetting() {
    List<String> named =
        read(Path.of("../docs/reference/spring-boot.md"))
            .lines()
            .dropWhile(line -> !line.startsWith("| setting | default"))
            .skip(2)
            .takeWhile(line -> line.startsWith("|"))
            .map(line -> line.split("\\|", -1)[1])
            .flatMap(cell -> Pattern.compile("`([a-z-]+)`").matcher(cell).results())
            .map(setting -> setting.group(1))
            .toList();

    assertThat(named)
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(BeanUtils.getPropertyDescriptors(SchemaGuardProperties.class))
                .filter(property -> property.getWriteMethod() != null)
                .map(property -> property.getName().replaceAll("([A-Z])", "-$1"))
                .map(name -> name.toLowerCase(Locale.ROOT))
                .toList());
  }

  @Test
  void exactlyTheseTypesArePublic() throws IOException {
    Path classes = Path.of("target/classes/dev/schemaguard/spring");
    try (Stream<Path> files = Files.list(classes)) {
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
          "dev.schemaguard.spring." + name, false, SpringModuleTest.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  /** slf4j-api comes with guard-core; all else is the application's own Spring Boot. */
  @Test
  void itAddsGuardCoreAlone() {
    List<String> transitive =
        Arrays.stream(read(Path.of("pom.xml")).split("<dependency>", -1))
            .skip(1)
            .map(text -> text.substring(0, text.indexOf("</dependency>")))
            .filter(text -> !text.contains("<optional>true"))
            .filter(text -> !text.contains("<scope>"))
            .map(text -> text.replaceAll("(?s).*<artifactId>(.*?)</artifactId>.*", "$1"))
            .toList();

    assertThat(transitive).containsExactly("guard-core", "slf4j-api");
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
