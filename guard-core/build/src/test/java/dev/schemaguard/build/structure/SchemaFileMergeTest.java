// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build.structure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.structure.Column;
import dev.schemaguard.structure.DatabaseStructure;
import dev.schemaguard.structure.LetterCase;
import dev.schemaguard.structure.SchemaFile;
import dev.schemaguard.structure.SchemaFile.FileTable;
import dev.schemaguard.structure.StructureComparison;
import dev.schemaguard.structure.StructureDifference;
import dev.schemaguard.structure.Table;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaFileMergeTest {

  private static final String NONE = "";

  @Test
  void theFirstFileStatesItsRevisionOnceAndIsSorted() {
    String file =
        merge(
            NONE, "r1", "table b\n  y text\n  x text\n  key (y, x)\n  key (x)\ntable a\n  z date");

    assertThat(file)
        .isEqualTo(
            """
            since r1

            table a
              z date

            table b
              x text
              y text
              key (x)
              key (x, y)
            """);
  }

  @Test
  void aFileThatOnlyLeavesTablesOutIsANewOne() {
    assertThat(merge("leave-out audit_%", "r1", "table a\n  z date"))
        .isEqualTo("since r1\nleave-out audit_%\n\ntable a\n  z date\n");
  }

  @Test
  void whatIsNewHasTheHead() {
    String first = merge(NONE, "r1", "table a\n  x text");

    String second =
        merge(first, "r2", "table a\n  x text\n  y text\n  key (y)\ntable b\n  z date\n  key (z)");

    assertThat(second)
        .isEqualTo(
            """
            since r1

            table a
              x text
              y text\tsince=r2
              key (y)\tsince=r2

            table b\tsince=r2
              z date
              key (z)
            """);
  }

  @Test
  void whatIsGoneHasNoLine() {
    String first = merge(NONE, "r1", "table a\n  x text\n  y text\n  key (x)\ntable b\n  z date");

    assertThat(merge(first, "r2", "table a\n  x text"))
        .isEqualTo("since r1\n\ntable a\n  x text\n");
  }

  @Test
  void whatChangedAlsoHasItsFormerForm() {
    String first = merge(NONE, "r1", "table a\n  x integer not null");

    assertThat(merge(first, "r2", "table a\n  x bigint not null default"))
        .contains("  x bigint not null default\tsince=r2\twas=x integer not null\n");
  }

  @Test
  void aChangedKeyIsAnotherKey() {
    String first = merge(NONE, "r1", "table a\n  x text\n  y text\n  key (x)");

    assertThat(merge(first, "r2", "table a\n  x text\n  y text\n  key (x, y)"))
        .contains("  key (x, y)\tsince=r2\n")
        .doesNotContain("key (x)\n");
  }

  @Test
  void aSecondRunChangesNothing() {
    String first = merge(NONE, "r1", "table a\n  x integer\n  y text");
    String now = "table a\n  w date\n  x bigint\n  key (x)\ntable b\n  z date";
    String second = merge(first, "r2", now);

    assertThat(merge(second, "r2", now)).isEqualTo(second);
    assertThat(merge(second, "r3", now)).isEqualTo(second);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // Each form fits in place of the one before it.
        "x integer | x bigint | x numeric(30,0) | since=r3 was=x integer",
        // Neither of the forms before can be required of every database.
        "x integer | x text | x uuid | since=r3",
        "x bigint | x integer | x text | since=r3",
        "x text | x text not null | x text not null default | since=r3",
        // Taken back.
        "x integer | x bigint | x integer | since=r3 was=x integer"
      })
  void aLineThatChangesTwiceKeepsWhatHoldsForEveryDatabase(
      String one, String two, String three, String attributes) {
    String first = merge(NONE, "r1", "table a\n  " + one);
    String second = merge(first, "r2", "table a\n  " + two);

    String third = merge(second, "r3", "table a\n  " + three);

    assertThat(third.replace('\t', ' ')).contains("  " + three + " " + attributes + "\n");
    assertIntact(third, "table a\n  " + one, "r2", "r3");
    assertIntact(third, "table a\n  " + two, "r3");
    assertIntact(third, "table a\n  " + three);
  }

  @Test
  void aLineThatChangesAfterItWasAddedIsNotRequiredBefore() {
    String first = merge(NONE, "r1", "table a\n  x text");
    String second = merge(first, "r2", "table a\n  x text\n  y integer");

    String third = merge(second, "r3", "table a\n  x text\n  y uuid");

    assertThat(third).contains("  y uuid\tsince=r3\n");
    assertIntact(third, "table a\n  x text", "r2", "r3");
    assertIntact(third, "table a\n  x text\n  y integer", "r3");
  }

  @Test
  void whatChangesBeforeItsMigrationIsReleasedIsWrittenAsIfAtOnce() {
    String first = merge(NONE, "r1", "table a\n  x integer");
    String second = merge(first, "r2", "table a\n  x bigint\n  y text\ntable b\n  z date");

    assertThat(merge(second, "r2", "table a\n  x text\n  y date\ntable b\n  u date\n  z text"))
        .isEqualTo(
            """
            since r1

            table a
              x text\tsince=r2\twas=x integer
              y date\tsince=r2

            table b\tsince=r2
              u date
              z text
            """);
    assertThat(merge(second, "r2", "table a\n  x integer")).isEqualTo(first);
  }

  @Test
  void unusedStaysAsLongAsItsLine() {
    String first =
        "since r1\n\ntable a\n  x integer\tunused\n  key (x)\tunused\n\ntable b\tunused\n  y text\n";

    assertThat(merge(first, "r2", "table a\n  x bigint\n  key (x)\ntable b\n  y text\n  z text"))
        .isEqualTo(
            """
            since r1

            table a
              x bigint\tsince=r2\twas=x integer\tunused
              key (x)\tunused

            table b\tunused
              y text
              z text\tsince=r2
            """);
    assertThat(merge(first, "r2", "table a\n  y text")).doesNotContain("unused");
  }

  @Test
  void aTableThatBecameAViewHasItsFormerColumns() {
    String first = merge(NONE, "r1", "table a\n  x bigint not null identity\n  key (x)");

    String second =
        merge(first, "r2", "view a\n  x bigint\ntable b\n  x bigint not null identity\n  key (x)");

    assertThat(second)
        .contains(
            "view a\n  x bigint\tsince=r2\twas=x bigint not null identity\n\ntable b\tsince=r2\n");
    assertIntact(second, "table a\n  x bigint not null identity\n  key (x)", "r2");
  }

  @Test
  void namesOfEveryKindAreFoundAgain() {
    String now =
        "table \"a b\".\"t\\\"\\\\.x\"\n  \"key\" \"my type\"(3)\n  since date\n  \"ü-\\u0009\" text\n  key (\"ü-\\u0009\", since)";

    String first = merge(NONE, "r1", now);

    assertThat(merge(first, "r2", now)).isEqualTo(first);
  }

  /** Merges tables that are written as in a file; returns the result without its comments. */
  private static String merge(String before, String head, String now) {
    SchemaFile known = SchemaFile.parse(before, "schema.postgresql.txt");
    SchemaFile after =
        new SchemaFileMerge("postgresql", head)
            .merge(known, structure(now).sorted(), LeftOut.of(known.leftOut(), List.of()));
    assertThat(SchemaFile.parse(after.text(), after.origin())).isEqualTo(after);
    return after
        .text()
        .lines()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line + "\n")
        .collect(Collectors.joining());
  }

  private static void assertIntact(String file, String database, String... pending) {
    StructureDifference difference =
        StructureComparison.of(
            SchemaFile.parse(file, "schema.postgresql.txt"),
            structure(database),
            "postgresql",
            Set.of(pending)::contains,
            pending.length > 0,
            null);
    assertThat(difference.isEmpty()).as(difference.toString()).isTrue();
  }

  private static DatabaseStructure structure(String text) {
    DatabaseStructure.Builder structure =
        new DatabaseStructure.Builder(LetterCase.of("postgresql"));
    for (FileTable each : SchemaFile.parse(text, "now").tables()) {
      Table.Builder table = structure.table(each.name().schema(), each.name().name(), each.view());
      each.columns().stream()
          .map(SchemaFile.FileColumn::column)
          .forEach((Column c) -> table.add(c));
      each.keys()
          .forEach(
              key ->
                  key.key().columns().forEach(name -> table.addToKey(key.key().toString(), name)));
    }
    return structure.build();
  }
}
