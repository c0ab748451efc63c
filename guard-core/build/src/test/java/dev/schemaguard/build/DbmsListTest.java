// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.matrix.Revision;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import liquibase.database.DatabaseList;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DbmsListTest {

  private static final List<String> DATABASES = List.of("h2", "oracle", "postgresql", "mariadb");
  private static final List<String> DEFINITIONS =
      List.of(
          "",
          "all",
          "none",
          "h2",
          "!h2",
          "h2,oracle",
          "!h2,!oracle",
          "h2,!oracle",
          "h2,!h2",
          "all,!h2",
          "none,h2",
          "oracle,postgresql",
          "!postgresql");

  @ParameterizedTest
  @MethodSource("definitions")
  void meansWhatItMeansToLiquibase(String definition) {
    for (String database : DATABASES) {
      boolean runs = DatabaseList.definitionMatches(definition, database, true);

      assertThat(holds(list(definition), database)).as(database).isEqualTo(runs);
    }
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void andIsTheDatabasesOfBothAndOrTheDatabasesOfEither(String one, String other) {
    for (String database : DATABASES) {
      boolean inOne = DatabaseList.definitionMatches(one, database, true);
      boolean inOther = DatabaseList.definitionMatches(other, database, true);

      assertThat(holds(list(one).and(list(other)), database)).isEqualTo(inOne && inOther);
      assertThat(holds(list(one).or(list(other)), database)).isEqualTo(inOne || inOther);
    }
  }

  static List<String> definitions() {
    return DEFINITIONS;
  }

  static Stream<Arguments> pairs() {
    return DEFINITIONS.stream()
        .flatMap(one -> DEFINITIONS.stream().map(other -> Arguments.of(one, other)));
  }

  private static DbmsList list(String definition) {
    return DbmsList.of(Arrays.asList(definition.split(",", -1)));
  }

  private static boolean holds(DbmsList list, String database) {
    return new Revision("r", List.of(), null, list.definition(), false, List.of(), null, false)
        .appliesOn(database);
  }
}
