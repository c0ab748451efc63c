// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.matrix;

import static dev.schemaguard.matrix.Documents.chain;
import static dev.schemaguard.matrix.Documents.error;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import liquibase.database.DatabaseList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RevisionChainTest {

  private static List<String> names(RevisionChain chain) {
    return chain.revisions().stream().map(Revision::name).toList();
  }

  @Nested
  class Lines {

    @ParameterizedTest
    @ValueSource(
        strings = {
          "a\nb\nc\n",
          "a\nb\nc",
          "\uFEFFa\nb\nc",
          "a\r\nb\r\nc\r\n",
          "a\rb\rc",
          "# first\n\na\n   \n\t\n#b\nb\n#\nc\n",
          "\n\na\nb\nc\n\n",
        })
    void areNamesOldestFirst(String text) {
      assertThat(names(RevisionChain.parse(text, "revisions.txt"))).containsExactly("a", "b", "c");
    }

    @Test
    void mayBeNone() {
      assertThat(chain("# nothing yet").revisions()).isEmpty();
      assertThat(chain("").head(null)).isEmpty();
    }

    @Test
    void aNameMayHoldBlanksAndHashes() {
      assertThat(names(chain("db/a.yaml::ticket #12 is optional::me", "add a table", "c#")))
          .containsExactly("db/a.yaml::ticket #12 is optional::me", "add a table", "c#");
    }

    @Test
    void haveAttributesBehindTabs() {
      Revision revision =
          chain(
                  "p",
                  "q",
                  "s",
                  "a\talias= v1 , v2\tparents=p,q\tdbms=h2,!mysql\toptional\twas=old 1\twas= old, 2"
                      + "\treplaced-by=s\tretired")
              .revisions()
              .get(3);

      assertThat(revision)
          .isEqualTo(
              new Revision(
                  "a",
                  List.of("v1", "v2"),
                  List.of("p", "q"),
                  List.of("h2", "!mysql"),
                  true,
                  List.of("old 1", "old, 2"),
                  "s",
                  true));
    }

    @Test
    void emptyParentsMeanARoot() {
      assertThat(chain("a\tparents=").revisions().get(0).parents()).isEmpty();
      assertThat(chain("a").revisions().get(0).parents()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = ';',
        quoteCharacter = '"',
        value = {
          "unknown; 'unknown' is not an attribute of a revision",
          "Optional; 'Optional' is not an attribute of a revision",
          "aliases=x; 'aliases=x' is not an attribute of a revision",
          "parent=x; 'parent=x' is not an attribute of a revision",
          "alias =x; 'alias =x' is not an attribute of a revision",
          "optional # because; 'optional # because' is not an attribute of a revision",
          "optional=false; 'optional' takes no value",
          "retired=; 'retired' takes no value",
          "alias; 'alias' has no value",
          "alias=; 'alias' has no value",
          "dbms=; 'dbms' has no value",
          "parents; 'parents' has no value",
          "was=; 'was' has no value",
          "replaced-by; 'replaced-by' has no value",
          "alias=x,; 'alias=x,' holds an empty name",
          "alias=x,,y; 'alias=x,,y' holds an empty name",
          "was=a::b; 'a::b' is neither an id nor a whole key",
        })
    void anAttributeThatMeansNothingIsRefused(String attribute, String what) {
      ConfigurationException error = error(() -> chain("# comment", "a", "b\t" + attribute));

      assertThat(error.location()).isEqualTo("revisions.txt:3");
      assertThat(error.reason()).isEqualTo(what);
    }

    @Test
    void aTabWithoutAttributeIsRefused() {
      assertThat(error(() -> chain("a\t")).reason())
          .isEqualTo("'' is not an attribute of a revision");
      assertThat(error(() -> chain("a\t\toptional")).reason()).startsWith("'' is not an attribute");
    }

    @ParameterizedTest
    @ValueSource(strings = {"optional", "retired", "alias=x", "parents=p", "dbms=h2"})
    void anAttributeGivenTwiceIsRefused(String attribute) {
      assertThat(error(() -> chain("p", "a\t" + attribute + "\t" + attribute)).reason())
          .endsWith("is given twice");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "0001 optional",
          "0001    retired",
          "0001  alias=v1",
          "0001 was=old",
          "0001 replaced-by=x",
          "0001 dbms=h2\tretired",
          "0001 # a comment",
          "db/a.yaml::1::me optional",
          "db/a.yaml::1::me  # a comment",
          "db/a.yaml::1::me    parents=p",
        })
    void anAttributeOrCommentBehindBlanksIsNoPartOfTheName(String line) {
      assertThat(error(() -> chain(line)).reason())
          .endsWith("holds an attribute or a comment as part of the name");
    }

    @ParameterizedTest
    @ValueSource(strings = {" a", "  # comment", "a ", "a \toptional", " db/a.yaml::1::me"})
    void aBlankAtAnEndOfANameIsRefused(String line) {
      assertThat(error(() -> chain(line)).reason()).endsWith("has a blank at an end");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "<<<<<<< HEAD",
          "=======",
          ">>>>>>> branch",
          "||||||| base",
          "<!DOCTYPE html>",
          "<html lang=\"en\">",
          "| App version | Expected |",
          "a\u0000b",
          "\uFEFFa",
          "a\u001Bb",
        })
    void whatIsNoChainAtAllIsRefused(String line) {
      ConfigurationException error = error(() -> chain("a", line));

      assertThat(error.location()).isEqualTo("revisions.txt:2");
      assertThat(error.reason()).endsWith("is not a name of a revision");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "db/a.yaml::1",
          "a:::b",
          "::1::me",
          "db/a.yaml::::me",
          "db/a.yaml::1::",
          "/::1::me"
        })
    void aKeyThatLacksAPartIsRefused(String line) {
      assertThat(error(() -> chain(line)).reason()).endsWith("is neither an id nor a whole key");
    }

    @Test
    void aLineThatBeginsWithATabIsRefused() {
      assertThat(error(() -> chain("a", "\toptional")).reason())
          .startsWith("the line begins with a tab");
    }
  }

  @Nested
  class Names {

    @ParameterizedTest
    @CsvSource(
        delimiter = ';',
        value = {
          "a; a",
          "db/a.yaml::1::me; db/a.yaml::1::me",
          "db/a.yaml::1::me; classpath:db/a.yaml::1::me",
          "/db/a.yaml::1::me; BOOT-INF/classes/db/./a.yaml::1::me",
          "b\twas=a; a",
          "a; b\twas=a",
          "c\twas=a; b\twas=a",
          "a\twas=a; b",
        })
    void thatAreEqualOnceNormalisedAreRefused(String first, String second) {
      assertThat(error(() -> chain(first, second)).reason())
          .contains("stands in the chain already");
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = ';',
        value = {
          "1; db/a.yaml::1::me",
          "db/a.yaml::1::me; 1",
          "db/a.yaml::1::me; 2\twas=1",
          "1; db/a.yaml::2::me\twas=db/a.yaml::1::me",
        })
    void anIdAloneAndAWholeKeyWithItAreRefused(String first, String second) {
      assertThat(error(() -> chain(first, second)).reason())
          .endsWith(
              first.startsWith("db")
                  ? "is named by its id alone already, at revisions.txt:2"
                  : "is named by its id alone already, at revisions.txt:1");
    }

    @Test
    void thatDifferInOnePartOnlyAreDifferent() {
      assertThat(
              chain(
                      "db/a.yaml::1::me",
                      "db/b.yaml::1::me",
                      "db/a.yaml::1::you",
                      "db/a.yaml::01::me",
                      "001",
                      "1.0",
                      "A",
                      "a",
                      "db/a.yaml::2::me\twas=2")
                  .revisions())
          .hasSize(9);
    }

    @Test
    void areFoundByTheirPresentAndFormerSpelling() {
      RevisionChain chain = chain("x", "/db/b.yaml::1::me\twas=classpath:db/a.yaml::1::me");

      assertThat(chain.indexOfName("db/b.yaml::1::me")).isEqualTo(1);
      assertThat(chain.indexOfName("BOOT-INF/classes/db/a.yaml::1::me")).isEqualTo(1);
      assertThat(chain.indexOfName("db/c.yaml::1::me")).isEqualTo(-1);
      assertThat(chain.indexOfName("1")).isEqualTo(-1);
      assertThat(chain.indexOf(chain.revisions().get(1))).isEqualTo(1);
      assertThatThrownBy(() -> chain.indexOf(Revision.of("y")))
          .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void areShownByTheirIdsIfAllOfThemDiffer() {
      RevisionChain differing = chain("db/a.yaml::1::me", "db/a.yaml::2::me", "3");
      RevisionChain equal = chain("db/a.yaml::1::me", "db/b.yaml::1::me", "3");

      assertThat(differing.revisions().stream().map(differing::displayName))
          .containsExactly("1", "2", "3");
      assertThat(differing.showsWholeNames()).isFalse();
      assertThat(equal.revisions().stream().map(equal::displayName))
          .containsExactly("db/a.yaml::1::me", "db/b.yaml::1::me", "3");
      assertThat(equal.showsWholeNames()).isTrue();
    }

    @Test
    void ofAProgrammaticChainAreCheckedTheSame() {
      assertThat(
              error(() -> RevisionChain.of(List.of(Revision.of("a"), Revision.of("a")))).location())
          .isEqualTo("revisions, revision 2");
    }
  }

  @Nested
  class Parents {

    @ParameterizedTest
    @ValueSource(strings = {"x", "b", "c", "db/a.yaml::1::me", "1"})
    void mustStandBefore(String parent) {
      ConfigurationException error = error(() -> chain("a", "b\tparents=" + parent, "c"));

      assertThat(error.location()).isEqualTo("revisions.txt:2");
      assertThat(error.reason())
          .isEqualTo("'b' names the parent '" + parent + "', which no line before has");
    }

    @Test
    void mayBeNamedAsTheyWereNamedBefore() {
      assertThat(upTo(chain("a\twas=old", "b\tparents=old"), 1)).containsExactly(0, 1);
    }

    @Test
    void withoutThemEverythingBeforeIsMeant() {
      assertThat(upTo(chain("a", "b", "c", "d"), 2)).containsExactly(0, 1, 2);
      assertThat(upTo(chain("a"), 0)).containsExactly(0);
    }

    @Test
    void withThemTheirAncestorsAlone() {
      RevisionChain chain =
          chain(
              "root\tparents=",
              "left\tparents=root",
              "right\tparents=root",
              "left2\tparents=left",
              "merge\tparents=right,left2",
              "other root\tparents=",
              "plain");

      assertThat(upTo(chain, 0)).containsExactly(0);
      assertThat(upTo(chain, 2)).containsExactly(0, 2);
      assertThat(upTo(chain, 3)).containsExactly(0, 1, 3);
      assertThat(upTo(chain, 4)).containsExactly(0, 1, 2, 3, 4);
      assertThat(upTo(chain, 5)).containsExactly(5);
      assertThat(upTo(chain, 6)).containsExactly(0, 1, 2, 3, 4, 5, 6);
    }

    @Test
    void aHotfixLeavesOutWhatWasMergedAfterItsParent() {
      RevisionChain chain = chain("1", "2", "3", "2-hotfix\tparents=2", "4\tparents=3,2-hotfix");

      assertThat(upTo(chain, 3)).containsExactly(0, 1, 3);
      assertThat(upTo(chain, 4)).containsExactly(0, 1, 2, 3, 4);
      assertThat(chain.all().cardinality()).isEqualTo(5);
    }

    private static List<Integer> upTo(RevisionChain chain, int index) {
      BitSet positions = chain.upTo(chain.revisions().get(index));
      return positions.stream().boxed().toList();
    }
  }

  @Nested
  class Replacements {

    @Test
    void mustNameALine() {
      ConfigurationException error = error(() -> chain("a", "b\treplaced-by=c"));

      assertThat(error.location()).isEqualTo("revisions.txt:2");
      assertThat(error.reason()).isEqualTo("'b' is replaced by 'c', which no line has");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "a\treplaced-by=a",
          "a\treplaced-by=b\nb\treplaced-by=a",
          "x\treplaced-by=a\na\treplaced-by=b\nb\treplaced-by=c\nc\treplaced-by=a",
        })
    void mustNotGoInACircle(String lines) {
      assertThat(error(() -> chain(lines)).reason()).isEqualTo("'a' is replaced in a circle");
    }

    @Test
    void mayBeReplacedInTurnAndStandAnywhere() {
      assertThat(
              chain(
                      "a\treplaced-by=c",
                      "b\treplaced-by=c",
                      "c\treplaced-by=d",
                      "d",
                      "e\treplaced-by=d")
                  .revisions())
          .hasSize(5);
    }
  }

  @Nested
  class Due {

    @ParameterizedTest
    @CsvSource({
      "optional",
      "retired",
      "replaced-by=z",
      "dbms=oracle",
      "dbms=!postgresql",
      "dbms=none"
    })
    void theHeadIsTheLastThatADatabaseMustHave(String attribute) {
      RevisionChain chain = chain("z", "a", "b\t" + attribute);

      assertThat(chain.head("postgresql")).map(Revision::name).contains("a");
    }

    @Test
    void withoutAKnownDatabaseEveryRevisionApplies() {
      assertThat(chain("a", "b\tdbms=none").head(null)).map(Revision::name).contains("b");
      assertThat(chain("a\toptional").head(null)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "postgresql",
          "h2",
          "h2,postgresql",
          "postgresql, h2",
          "!postgresql",
          "!h2",
          "!h2,!postgresql",
          "!h2,mysql",
          "!h2,h2",
          "!mysql,h2",
          "all",
          "none",
          "all,none",
          "none,all",
          "none,h2",
          "all,!h2",
          "h2,!none",
          "!all",
          "!none",
          "ALL",
          "None",
          "H2",
          "!H2",
          "PostgreSQL,!H2",
          "!!h2",
          "! h2",
        })
    void dbmsMeansWhatItMeansToLiquibase(String dbms) {
      for (String database : List.of("h2", "postgresql", "mysql", "mariadb")) {
        // Liquibase lower-cases the attribute when it reads a changeset.
        boolean expected =
            DatabaseList.definitionMatches(DatabaseList.toDbmsSet(dbms), database, true);

        assertThat(applies(dbms, database)).as("%s on %s", dbms, database).isEqualTo(expected);
      }
    }

    private static boolean applies(String dbms, @Nullable String database) {
      return chain("a\tdbms=" + dbms).revisions().get(0).appliesOn(database);
    }

    @Test
    void withoutTheAttributeARevisionAppliesEverywhere() {
      assertThat(Revision.of("a").appliesOn("h2")).isTrue();
      assertThat(Revision.of("a").isDue("h2")).isTrue();
    }
  }

  @Test
  void aProgrammaticChainHasItsOwnCopy() {
    Revision[] revisions = {Revision.of("a"), Revision.of("b")};
    List<Revision> list = Arrays.asList(revisions);
    RevisionChain chain = RevisionChain.of(list);
    list.set(0, Revision.of("c"));

    assertThat(names(chain)).containsExactly("a", "b");
    assertThat(chain.origin()).isEqualTo("revisions");
  }
}
