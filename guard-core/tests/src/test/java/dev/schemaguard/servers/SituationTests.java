// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.servers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.testing.Document;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * The rows of a table in docs/reference/servers.md, each compared with what a guard answers in that
 * situation.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SituationTests {

  /** Brings about a situation, asks a guard in it, and follows the advice that it gave. */
  @FunctionalInterface
  interface Situation {
    Answers answers() throws Exception;
  }

  private static final Document PAGE = Document.of("docs/reference/servers.md");

  private final String header;
  private final Map<String, Situation> situations = new LinkedHashMap<>();

  /**
   * The tests of a table.
   *
   * @param header the header of its first column
   */
  SituationTests(String header) {
    this.header = header;
  }

  /** Adds the situation of a row, which is tried in the order of the calls. */
  final void row(String name, Situation situation) {
    situations.put(name, situation);
  }

  private List<List<String>> rows() {
    return PAGE.tables(header).get(0).rows();
  }

  @Test
  void everyRowIsTriedAndEverythingTriedHasARow() {
    assertThat(rows().stream().map(row -> row.get(0)))
        .containsExactlyElementsOf(situations.keySet());
  }

  @TestFactory
  Stream<DynamicTest> theAnswersAreThoseOfTheRow() {
    return situations.entrySet().stream()
        .map(
            each ->
                DynamicTest.dynamicTest(
                    each.getKey(),
                    () -> {
                      List<String> row = new ArrayList<>(List.of(each.getKey()));
                      row.addAll(each.getValue().answers().cells());
                      assertThat(row).isEqualTo(documented(each.getKey()));
                    }));
  }

  /** The row without its last cell, which says what to do. */
  private List<String> documented(String name) {
    return rows().stream()
        .filter(row -> row.get(0).equals(name))
        .findFirst()
        .map(row -> row.subList(0, row.size() - 1))
        .orElse(List.of());
  }
}
