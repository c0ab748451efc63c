// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.matrix;

import static dev.schemaguard.matrix.Documents.chain;
import static dev.schemaguard.matrix.Documents.error;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReferenceTest {

  private static String resolved(RevisionChain chain, String reference) {
    return chain.resolve(reference, "compatibility.md:3").name();
  }

  private static ConfigurationException unresolved(RevisionChain chain, String reference) {
    return error(() -> chain.resolve(reference, "compatibility.md:3"));
  }

  @Nested
  class EqualToAName {

    private static final RevisionChain CHAIN =
        chain(
            "db/a.yaml::0001_initial::me\talias=v1,first",
            "db/a.yaml::0002::you",
            "db/b.yaml::0002::me",
            "classpath:/db/b.yaml::0003_x::me\twas=db/old.yaml::drei::me",
            "0004");

    @ParameterizedTest
    @CsvSource({
      "db/a.yaml::0001_initial::me, db/a.yaml::0001_initial::me",
      "classpath:db/a.yaml::0001_initial::me, db/a.yaml::0001_initial::me",
      "/db/a.yaml::0001_initial::me, db/a.yaml::0001_initial::me",
      "0001_initial, db/a.yaml::0001_initial::me",
      "0001_initial::me, db/a.yaml::0001_initial::me",
      "db/a.yaml::0001_initial, db/a.yaml::0001_initial::me",
      "BOOT-INF/classes/db/a.yaml::0001_initial, db/a.yaml::0001_initial::me",
      "v1, db/a.yaml::0001_initial::me",
      "first, db/a.yaml::0001_initial::me",
      "tag:v1, db/a.yaml::0001_initial::me",
      "0002::you, db/a.yaml::0002::you",
      "db/b.yaml::0002, db/b.yaml::0002::me",
      "db/b.yaml::0003_x::me, classpath:/db/b.yaml::0003_x::me",
      "classpath:/db/b.yaml::0003_x::me, classpath:/db/b.yaml::0003_x::me",
      "drei, classpath:/db/b.yaml::0003_x::me",
      "drei::me, classpath:/db/b.yaml::0003_x::me",
      "db/old.yaml::drei, classpath:/db/b.yaml::0003_x::me",
      "/db/old.yaml::drei::me, classpath:/db/b.yaml::0003_x::me",
      "0004, 0004",
    })
    void inEachOfItsForms(String reference, String name) {
      assertThat(resolved(CHAIN, reference)).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "db/a.yaml::0001::me",
          "classpath:db/a.yaml::0001::me",
          "0001",
          "0001::me",
          "db/a.yaml::0001",
          "/db/a.yaml::0001"
        })
    void inEachOfItsFormsWhereIdsAreEnoughToTellAllApart(String reference) {
      RevisionChain chain = chain("db/a.yaml::0001::me", "db/a.yaml::0002::me");

      assertThat(resolved(chain, reference)).isEqualTo("db/a.yaml::0001::me");
    }

    @Test
    void anIdThatTwoChangesetsShareIsRefused() {
      ConfigurationException error = unresolved(CHAIN, "0002");

      assertThat(error.reason())
          .isEqualTo("'0002' could be any of db/a.yaml::0002::you, db/b.yaml::0002::me");
      assertThat(error.remedy()).isEqualTo("Write the whole name of one of them.");
    }

    @Test
    void aTagIsNoNameUnlessItIsAnAlias() {
      assertThat(unresolved(CHAIN, "tag:v2").reason()).startsWith("'tag:v2' is not in ");
      assertThat(unresolved(CHAIN, "tag:0004").reason()).startsWith("'tag:0004' is not in ");
    }

    @Test
    void aWholeNameBeatsAnAliasOfAnother() {
      RevisionChain chain = chain("a\talias=b", "b");

      assertThat(resolved(chain, "b")).isEqualTo("b");
      assertThat(resolved(chain, "tag:b")).isEqualTo("a");
    }

    @Test
    void anAliasThatTwoRevisionsShareIsRefused() {
      assertThat(unresolved(chain("a\talias=v1", "b\talias=v1"), "v1").reason())
          .isEqualTo("'v1' could be any of a, b");
    }

    @Test
    void letterCaseCounts() {
      assertThat(resolved(chain("a", "A"), "A")).isEqualTo("A");
      assertThat(unresolved(chain("b", "c"), "B").reason()).startsWith("'B' is not in ");
    }
  }

  @Nested
  class EqualAsAVersion {

    @ParameterizedTest
    @CsvSource({
      "3, 003",
      "003, 3",
      "1, 1.0",
      "1.0.0, 1",
      "1_2, 1.2",
      "1.2, 1_2",
      "01.02, 1_2.0",
      "20261122030000, 20261122030000",
      "0, 000",
      "99999999999999999999999, 099999999999999999999999",
      "7, db/a.yaml::007::me",
    })
    void partByPart(String reference, String name) {
      assertThat(resolved(chain("2", "1_3", name, "5"), reference)).isEqualTo(name);
    }

    @Test
    void butAnEqualNameComesFirst() {
      assertThat(resolved(chain("1", "01", "1.0"), "01")).isEqualTo("01");
      assertThat(unresolved(chain("1", "01", "1.0"), "001").reason())
          .isEqualTo("'001' could be any of 1, 01, 1.0");
    }

    @ParameterizedTest
    @CsvSource({"1.2, 1.3", "12, 1.2", "1.2, 12", "1a, 01a", "1-2, 1.2", "1..2, 1.2", "-1, 1"})
    void noOtherSpellingIsEqual(String reference, String name) {
      assertThat(unresolved(chain(name), reference).reason()).contains("is not in ");
    }
  }

  @Nested
  class Continued {

    @ParameterizedTest
    @CsvSource({
      "0010, 0010_add_x",
      "0011, 0011-add-y",
      "0010_add, 0010_add_x",
      "0012, db/a.yaml::0012_z::me",
      "0013_slug, abc123",
      "0014, former",
    })
    void byTheOnlyNameThatHasMore(String reference, String name) {
      RevisionChain chain =
          chain(
              "0010_add_x",
              "0011-add-y",
              "db/a.yaml::0012_z::me",
              "abc123\talias=0013_slug_of_alembic",
              "former\twas=0014_former",
              "00101_other",
              "0010add");

      assertThat(resolved(chain, reference)).isEqualTo(name);
    }

    @Test
    void butAnEqualNameOrVersionComesFirst() {
      assertThat(resolved(chain("0010_a", "0010"), "0010")).isEqualTo("0010");
      assertThat(resolved(chain("0010_a", "10"), "0010")).isEqualTo("10");
    }

    @Test
    void severalThatContinueItAreRefused() {
      assertThat(unresolved(chain("0010_b", "0010-c", "0010_a"), "0010").reason())
          .isEqualTo("'0010' could be any of 0010_b, 0010-c, 0010_a");
    }

    @ParameterizedTest
    @CsvSource({
      "0010, 0010add",
      "0010, 0010.add",
      "001, 0010_add",
      "0010_, 0010_add",
      "10, 0010_add"
    })
    void onlyByAnUnderscoreOrADash(String reference, String name) {
      assertThat(unresolved(chain(name), reference).reason()).contains("is not in ");
    }
  }

  @Nested
  class Continuing {

    @ParameterizedTest
    @CsvSource({
      "0009_add_rate_limit_table, 0009",
      "0009-add, 0009",
      "abc_slug, abc",
      "7_x, db/a.yaml::7::me",
    })
    void theOnlyNameWithoutAlias(String reference, String name) {
      RevisionChain chain = chain("0008", "0009", "abc", "db/a.yaml::7::me", "00");

      assertThat(resolved(chain, reference)).isEqualTo(name);
    }

    @Test
    void aNameWithAliasSaysItselfWhatElseItIsCalled() {
      assertThat(unresolved(chain("0009\talias=0009_add_table"), "0009_add_tabel").remedy())
          .startsWith("The nearest are 0009;");
    }

    @Test
    void severalThatItContinuesAreRefused() {
      assertThat(unresolved(chain("a", "a_b", "x"), "a_b_c").reason())
          .isEqualTo("'a_b_c' could be any of a, a_b");
    }

    @Test
    void aNameThatContinuesTheReferenceComesFirst() {
      assertThat(resolved(chain("a", "a_b_c"), "a_b")).isEqualTo("a_b_c");
    }
  }

  @Nested
  class Unresolvable {

    @Test
    void theErrorListsTheNearest() {
      RevisionChain chain =
          chain(
              "0001_initial",
              "0002_add_policies",
              "0003_add_traces",
              "0004_embedding",
              "0005_index");
      ConfigurationException error = unresolved(chain, "0003_add_trace");

      assertThat(error.location()).isEqualTo("compatibility.md:3");
      assertThat(error.reason()).isEqualTo("'0003_add_trace' is not in revisions.txt");
      assertThat(error.remedy())
          .startsWith("The nearest are 0003_add_traces, 0002_add_policies, ")
          .endsWith("; write one of these, or regenerate the chain if the migration is new.");
    }

    @Test
    void anEmptyChainHasNoNearest() {
      assertThat(unresolved(chain(""), "0001").remedy())
          .startsWith("The nearest are none, for the chain is empty;");
    }

    @Test
    void theHeadIsNoRevision() {
      assertThat(unresolved(chain("0001"), "head").reason())
          .isEqualTo("'head' is not in revisions.txt");
    }
  }
}
