// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.assessment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.history.HistoryResult.Cause;
import dev.schemaguard.testing.Golden;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The pages in docs/problems, one for each code, with an example that is true. */
class ProblemPagesTest {

  private static final Path SOURCES = Path.of("../src/main/java");
  private static final Path PAGES = Path.of("../../docs/problems");
  private static final String INDEX = "README.md";
  private static final Pattern CODE = Pattern.compile("\"(GUARD-[A-Z-]+)\"");
  private static final Pattern LINK = Pattern.compile("]\\(([^)#]+)(#[^)]*)?\\)");

  /** Every code in the sources; one that ends with a dash is completed by a cause. */
  private static Set<String> codes() throws IOException {
    Set<String> codes = new TreeSet<>();
    for (Path source : files(SOURCES)) {
      CODE.matcher(Files.readString(source))
          .results()
          .map(found -> found.group(1))
          .forEach(code -> codes.addAll(code.endsWith("-") ? completed(code) : List.of(code)));
    }
    return codes;
  }

  private static List<String> completed(String code) {
    return Arrays.stream(Cause.values()).map(cause -> code + cause).toList();
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static List<String> pages() throws IOException {
    return files(PAGES).stream()
        .map(page -> page.getFileName().toString())
        .filter(name -> !name.equals(INDEX))
        .map(name -> name.replaceAll("\\.md$", ""))
        .toList();
  }

  private static String page(String code) throws IOException {
    return Files.readString(PAGES.resolve(code + ".md"));
  }

  @Test
  void everyCodeHasAPageAndEveryPageACode() throws IOException {
    assertThat(pages()).containsExactlyInAnyOrderElementsOf(codes());
  }

  @Test
  void everyPageIsInTheJarAsItIs() throws IOException {
    for (String code : pages()) {
      String name = "/dev/schemaguard/problems/" + code + ".md";
      try (InputStream page = ProblemPagesTest.class.getResourceAsStream(name)) {
        assertThat(page).as(name).isNotNull().hasContent(page(code));
      }
    }
  }

  @Test
  void everyCodeHasAnExample() throws IOException {
    Set<String> examples =
        ProblemExamples.texts().keySet().stream()
            .filter(name -> name.indexOf('.') < 0)
            .collect(Collectors.toSet());

    assertThat(examples).containsExactlyInAnyOrderElementsOf(codes());
  }

  @TestFactory
  Stream<DynamicTest> everyPageShowsTheProblemAsItIs() throws IOException {
    return pages().stream()
        .map(
            code ->
                DynamicTest.dynamicTest(
                    code,
                    () ->
                        assertThat(page(code))
                            .contains(
                                "```\n" + Golden.text("problems/" + code + ".txt") + "\n```\n")));
  }

  @TestFactory
  Stream<DynamicTest> everyPageHasTheSameParts() throws IOException {
    return pages().stream()
        .map(
            code ->
                DynamicTest.dynamicTest(
                    code,
                    () -> {
                      List<String> lines = page(code).lines().toList();

                      assertThat(lines.get(0)).isEqualTo("# " + code);
                      assertThat(lines.get(2)).endsWith(".").hasSizeLessThan(125);
                      assertThat(lines.subList(3, 5)).containsExactly("", "```");
                      assertThat(lines.stream().filter(line -> line.startsWith("## ")))
                          .containsExactly("## Causes", "## What to do", "## What not to do");
                    }));
  }

  @Test
  void theIndexListsEveryPageOnceWithItsExitCode() throws IOException {
    List<String> rows = new ArrayList<>();
    Pattern row = Pattern.compile("\\| \\[(\\S+)]\\((\\S+)\\.md\\) \\| (\\d+) \\| .*\\|");
    for (String line : Files.readAllLines(PAGES.resolve(INDEX))) {
      row.matcher(line)
          .results()
          .forEach(
              found -> {
                assertThat(found.group(1)).isEqualTo(found.group(2));
                rows.add(found.group(1) + " " + found.group(3));
              });
    }

    assertThat(rows)
        .containsExactlyInAnyOrderElementsOf(
            codes().stream().map(code -> code + " " + exitCode(code)).toList());
  }

  private static int exitCode(String code) {
    return code.equals("GUARD-CONFIGURATION") ? 2 : ProblemExamples.statuses().get(code).exitCode();
  }

  @Test
  void everyLinkLeadsSomewhere() throws IOException {
    for (Path page : files(PAGES)) {
      for (MatchResult link : LINK.matcher(Files.readString(page)).results().toList()) {
        Path target = PAGES.resolve(link.group(1));

        assertThat(target).as(page + " " + link.group()).exists();
        if (link.group(2) != null) {
          assertThat(Files.readAllLines(target))
              .as(page + " " + link.group())
              .anyMatch(line -> anchor(line).equals(link.group(2)));
        }
      }
    }
  }

  /** The anchor that a host makes of a heading. */
  private static String anchor(String line) {
    return line.matches("#+ .*")
        ? "#" + line.replaceFirst("#+ ", "").toLowerCase(Locale.ROOT).replace(' ', '-')
        : "";
  }
}
