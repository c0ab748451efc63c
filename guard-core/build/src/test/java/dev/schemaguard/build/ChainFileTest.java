// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.matrix.Revision;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChainFileTest {

  private static final String HEADER =
      "# Generated from the migrations, append-only; commit it."
          + " See Schema Guard's documentation: Revision chain.\n";

  @Nested
  class ANewFile {

    @Test
    void beginsWithTheCommentAndHoldsTheSourcesInTheirOrder() {
      ChainUpdate update =
          ChainFile.of(null, "revisions.txt")
              .update(sources("m.yaml::2::ann", "m.yaml::1::bob\tdbms=h2\toptional"));

      assertThat(update.text())
          .isEqualTo(HEADER + "m.yaml::2::ann\nm.yaml::1::bob\tdbms=h2\toptional\n");
      assertThat(update.summary()).isEqualTo("2 lines added");
      assertThat(update.isCurrent()).isFalse();
      assertThat(update.newRevisions()).as("nothing is older than the first chain").isEmpty();
    }

    @Test
    void isWrittenWithItsFolder(@TempDir Path directory) {
      Path file = directory.resolve("schema-guard/revisions.txt");

      ChainFile.read(file).update(sources("m::1::ä")).writeTo(file);

      assertThat(file).content(StandardCharsets.UTF_8).isEqualTo(HEADER + "m::1::ä\n");
      assertThat(ChainFile.read(file).update(sources("m::1::ä")).isCurrent()).isTrue();
    }

    @Test
    void isMadeOfAnEmptyOneToo() {
      assertThat(update(" \n", "m::1::a").text()).isEqualTo(HEADER + "m::1::a\n");
    }
  }

  @Nested
  class AnExistingFile {

    @Test
    void keepsItsOrderCommentsAndBlankLines() {
      ChainUpdate update =
          update(
              "# mine\nm::3::a\n\n# and this\nm::1::a\n",
              "m::1::a",
              "m::2::a",
              "m::3::a",
              "m::4::a");

      assertThat(update.text())
          .isEqualTo("# mine\nm::3::a\n\n# and this\nm::1::a\nm::2::a\nm::4::a\n");
      assertThat(update.newRevisions()).containsExactlyInAnyOrder("m::2::a", "m::4::a");
      assertThat(update.difference()).containsExactly("+ m::2::a", "+ m::4::a");
    }

    @Test
    void keepsWhatPeopleWrote() {
      String text =
          """
          m::1::a
          m::2::a\tretired
          m::3::a\tparents=m::1::a\twas=m::33::a\talias=slug
          m::4::a\treplaced-by=m::3::a
          """;

      ChainUpdate update = update(text, "m::1::a", "m::3::a");

      assertThat(update.isCurrent()).isTrue();
      assertThat(update.text()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "m::1::a",
          "m::1::a\r\n",
          "\uFEFFm::1::a\n",
          "m::1::a\t optional \n",
          "m::1::a\tdbms=h2, oracle\n",
          "# x\r\nm::1::a\n"
        })
    void isLeftAsItIsIfNothingChanges(String text) {
      String optional = text.contains("optional") ? "\toptional" : "";
      String dbms = text.contains("dbms") ? "\tdbms=oracle,h2" : "";

      ChainUpdate update = update(text, "m::1::a" + dbms + optional);

      assertThat(update.isCurrent()).isTrue();
      assertThat(update.text()).isEqualTo(text);
    }

    @Test
    void keepsItsLineEndsAndItsByteOrderMark() {
      assertThat(update("\uFEFFm::1::a\r\n\r\n# x", "m::1::a", "m::2::a").text())
          .isEqualTo("\uFEFFm::1::a\r\n\r\n# x\r\nm::2::a\r\n");
    }

    @Test
    void getsAFinalLineEndBeforeTheNextLine() {
      assertThat(update("m::1::a", "m::1::a", "m::2::a").text()).isEqualTo("m::1::a\nm::2::a\n");
    }

    @Test
    void followsTheSourcesInDbmsAndOptional() {
      ChainUpdate update =
          update(
              "m::1::a\toptional\nm::2::a\nm::3::a\tdbms=h2\tparents=m::1::a\n",
              "m::1::a\tdbms=oracle",
              "m::2::a\toptional",
              "m::3::a");

      assertThat(update.text())
          .isEqualTo("m::1::a\tdbms=oracle\nm::2::a\toptional\nm::3::a\tparents=m::1::a\n");
      assertThat(update.summary()).isEqualTo("3 lines changed");
      assertThat(update.difference()).startsWith("- m::1::a\toptional", "+ m::1::a\tdbms=oracle");
      assertThat(update.newRevisions()).isEmpty();
    }

    @Test
    void addsTagsToTheAliasesThatAreThere() {
      assertThat(
              update("m::1::a\talias=slug,v1\n", "m::1::a\talias=v1", "m::2::a\talias=v2").text())
          .isEqualTo("m::1::a\talias=slug,v1\nm::2::a\talias=v2\n");
      assertThat(update("m::1::a\talias=slug\n", "m::1::a\talias=v1").text())
          .isEqualTo("m::1::a\talias=slug,v1\n");
    }

    @Test
    void takesBackRetiredIfTheSourceReappears() {
      ChainUpdate update = update("m::1::a\tretired\n", "m::1::a");

      assertThat(update.text()).isEqualTo("m::1::a\n");
      assertThat(update.summary()).isEqualTo("1 line no longer retired");
    }

    @Test
    void mayNameTheSamePathInAnotherWay() {
      assertThat(update("classpath:/m.yaml::1::a\n", "m.yaml::1::a").isCurrent()).isTrue();
    }

    @Test
    void knowsARenamedRevisionByEitherName() {
      String text = "m::new::a\twas=m::old::a\n";

      assertThat(update(text, "m::new::a").isCurrent()).isTrue();
      assertThat(update(text, "m::old::a").isCurrent()).isTrue();
    }

    @Test
    void knowsByItsIdAloneTheOnlySourceWithThatId() {
      ChainUpdate update = update("0001\n0002\n", "a::0001::x", "b::0002::y", "b::0003::y");

      assertThat(update.text()).isEqualTo("0001\n0002\nb::0003::y\n");
    }

    @Test
    void mayNotMeanTwoSourcesByOneLine() {
      assertThatThrownBy(() -> update("1\n", "a::1::x", "b::1::x"))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("the line '1' means two revisions")
          .hasMessageContaining("'a::1::x' and 'b::1::x'");
      assertThatThrownBy(() -> update("m::b::x\twas=m::a::x\n", "m::a::x", "m::b::x"))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("the line 'm::b::x' means two revisions");
    }

    @Test
    void withAnErrorSaysOnWhichLine() {
      assertThatThrownBy(() -> update("m::1::a\nm::1::a\n\nm::2::a\tretierd\n", "m::1::a"))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageStartingWith("revisions.txt:4: 'retierd' is not an attribute");
    }

    @Test
    void thatIsNotUtf8IsRefused(@TempDir Path directory) throws Exception {
      Path file = directory.resolve("revisions.txt");
      Files.write(file, new byte[] {'m', (byte) 0xE4});

      assertThatThrownBy(() -> ChainFile.read(file))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("not UTF-8");
    }
  }

  @Nested
  class ALineThatVanished {

    @Test
    void isToldAndNothingIsWritten(@TempDir Path directory) throws Exception {
      Path file = directory.resolve("revisions.txt");
      Files.writeString(file, "m::1::a\nm::2::a\n");

      ChainUpdate update = ChainFile.read(file).update(sources("m::2::a", "m::3::a"));

      assertThat(update.vanished()).containsExactly("m::1::a");
      assertThat(update.isCurrent()).isFalse();
      assertThatThrownBy(() -> update.writeTo(file))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("1 line is no longer in the sources")
          .hasMessageContaining("(renamed, squashed or never released?): m::1::a.")
          .hasMessageContaining("was=OLD NAME")
          .hasMessageContaining("replaced-by=NEW NAME")
          .hasMessageContaining("delete the line")
          .hasMessageContaining("retired");
      assertThat(file).hasContent("m::1::a\nm::2::a\n");
    }

    @Test
    void makesTheFileStaleByItself() {
      assertThat(update("m::1::a\nm::2::a\n", "m::2::a").isCurrent()).isFalse();
    }

    @Test
    void isExplainedByEachOfTheThreeMarks() {
      assertThat(update("m::1::a\tretired\nm::2::a\n", "m::2::a").vanished()).isEmpty();
      assertThat(update("m::1::a\treplaced-by=m::2::a\n", "m::2::a").vanished()).isEmpty();
      assertThat(update("m::2::a\twas=m::1::a\n", "m::2::a").vanished()).isEmpty();
    }

    @Test
    void isNamedTogetherWithTheNameItMayHaveNow() {
      assertThatThrownBy(
              () ->
                  update("old.sql::1::ann\n", "new.sql::1::ann", "new.sql::2::ann")
                      .requireNothingVanished())
          .hasMessageContaining("Renamed, perhaps old.sql::1::ann to new.sql::1::ann: write");
      assertThatThrownBy(() -> update("old\n", "new").requireNothingVanished())
          .hasMessageContaining("Renamed: write");
    }

    @Test
    void namesOnlySomeOfMany() {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < 50; i++) {
        text.append("m::").append(i).append("::a\n");
      }

      assertThatThrownBy(() -> update(text.toString()).requireNothingVanished())
          .hasMessageContaining("50 lines are no longer in the sources")
          .hasMessageContaining("m::9::a, and 40 more");
    }
  }

  @Nested
  class Duplicates {

    @Test
    void areDroppedButNotWhatIsWrittenOnThem() {
      ChainUpdate update =
          update("m::1::a\tretired\n# x\nm::2::a\nm::1::a\talias=slug\n/m::2::a\n", "m::2::a");

      assertThat(update.text()).isEqualTo("m::1::a\talias=slug\tretired\n# x\nm::2::a\n");
      assertThat(update.summary()).isEqualTo("1 line changed, 2 lines dropped as duplicate");
      assertThat(update.difference()).contains("- /m::2::a");
    }

    @Test
    void areRetiredIfEitherIs() {
      assertThat(update("m::1::a\nm::1::a\tretired\n").text()).isEqualTo("m::1::a\tretired\n");
    }

    @Test
    void ofARenamedRevisionLeaveTheNewName() {
      String expected = "m::new::a\twas=m::old::a\n";

      assertThat(update("m::old::a\nm::new::a\twas=m::old::a\n", "m::new::a").text())
          .isEqualTo(expected);
      assertThat(update("m::new::a\twas=m::old::a\nm::old::a\n", "m::new::a").text())
          .isEqualTo(expected);
    }

    @Test
    void thatContradictEachOtherAreAnError() {
      assertThatThrownBy(
              () -> update("m::1::a\nm::2::a\tparents=m::1::a\nm::2::a\tparents=\n", "m::1::a"))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("two lines of 'm::2::a' contradict each other in parents=:");
      assertThatThrownBy(() -> update("b\twas=a\nc\twas=a\n", "b"))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("contradict each other in was=:");
    }
  }

  @Nested
  class Names {

    @ParameterizedTest
    @ValueSource(strings = {"m::a\tb::x", "m::a\nb::x", "m::a\rb::x", "#m::1::x"})
    void thatNoLineCanHoldAreAnError(String name) {
      SourceRevision source = new SourceRevision(Revision.of(name), null, false);

      assertThatThrownBy(() -> ChainFile.of(null, "revisions.txt").update(List.of(source)))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("which no line can hold");
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1,v2", "v\t1", "v\n1", " v1", ""})
    void ofTagsThatNoListCanHoldAreLeftOutAndTold(String tag) {
      Revision revision =
          new Revision(
              "m::1::a", List.of(tag, "v3"), null, List.of(), false, List.of(), null, false);

      ChainUpdate update =
          ChainFile.of("m::1::a\talias=v3\n", "revisions.txt")
              .update(List.of(new SourceRevision(revision, null, false)));

      assertThat(update.isCurrent()).isTrue();
      assertThat(update.notes())
          .containsExactly("the alias '" + tag + "' of m::1::a is left out: no list can hold it");
    }

    @Test
    void withSpacesAndColonsAreKept() {
      String text = "m x.sql::a::b c::d e \toptional\n";

      assertThat(update(text, "m x.sql::a::b c::d e \toptional").isCurrent()).isTrue();
    }
  }

  @Nested
  class FromADatabaseWithTheSources {

    @Test
    void leftoversRecordedBeforeTheNewestSourceAreRetired() {
      ChainUpdate update =
          fromDatabase(
              "m::1::a\n",
              List.of("/m::1::a", "m::left::a", "m::2::a", "m::over::a"),
              "m::1::a",
              "m::2::a",
              "m::3::a");

      assertThat(update.text()).isEqualTo("m::1::a\nm::2::a\nm::3::a\nm::left::a\tretired\n");
      assertThat(update.summary()).isEqualTo("2 lines added, 1 line added as retired");
      assertThat(update.ahead()).containsExactly("m::over::a");
      assertThat(update.newRevisions()).doesNotContain("m::left::a");
    }

    @Test
    void theNewestSourceIsTheOneFurthestAlongTheChainNotTheLastRecorded() {
      ChainUpdate update =
          fromDatabase(
              "m::1::a\nm::2::a\n", List.of("m::2::a", "m::x::a", "m::1::a"), "m::1::a", "m::2::a");

      assertThat(update.isCurrent()).isTrue();
      assertThat(update.ahead()).containsExactly("m::x::a");
    }

    @Test
    void aRevisionThatIsRunAgainTellsNothingOfAge() {
      List<SourceRevision> sources = new ArrayList<>(sources("m::1::a"));
      sources.add(new SourceRevision(Revision.of("m::views::a"), null, true));

      ChainUpdate update =
          ChainFile.of("m::1::a\nm::views::a\n", "revisions.txt")
              .update(sources, List.of("m::1::a", "m::future::a", "m::views::a"));

      assertThat(update.ahead()).containsExactly("m::future::a");
    }

    @Test
    void whatALineKnowsByIdAloneOrByAFormerNameIsNoLeftover() {
      ChainUpdate update =
          fromDatabase(
              "0001\nm::2::a\twas=m::old::a\n",
              List.of("x::0001::y", "m::old::a", "m::2::a"),
              "n::0001::z",
              "m::2::a");

      assertThat(update.isCurrent()).isTrue();
      assertThat(update.ahead()).isEmpty();
    }

    @Test
    void aDatabaseThatHasNoneOfTheSourcesIsAllAhead() {
      ChainUpdate update = fromDatabase("", List.of("n::1::a"), "m::1::a");

      assertThat(update.text()).isEqualTo(HEADER + "m::1::a\n");
      assertThat(update.ahead()).containsExactly("n::1::a");
    }

    private static ChainUpdate fromDatabase(String text, List<String> recorded, String... sources) {
      return ChainFile.of(text, "revisions.txt").update(sources(sources), recorded);
    }
  }

  @Nested
  class FromADatabaseAlone {

    @Test
    void theHistoryIsTheChain() {
      ChainUpdate update =
          ChainFile.of(null, "revisions.txt")
              .extend(List.of("classpath:m::2::a", "m::1::a", "m::2::a"));

      assertThat(update.text()).isEqualTo(HEADER + "m::2::a\nm::1::a\n");
    }

    @Test
    void anExistingFileIsOnlyAppendedTo() {
      ChainUpdate update =
          ChainFile.of("m::9::a\nm::1::a\toptional\n", "revisions.txt")
              .extend(List.of("m::1::a", "m::2::a"));

      assertThat(update.text()).isEqualTo("m::9::a\nm::1::a\toptional\nm::2::a\n");
      assertThat(update.vanished()).isEmpty();
    }
  }

  private static ChainUpdate update(String text, String... sources) {
    return ChainFile.of(text, "revisions.txt").update(sources(sources));
  }

  private static List<SourceRevision> sources(String... lines) {
    return Arrays.stream(lines)
        .map(line -> new SourceRevision(Revision.parse(line, "sources", 1), null, false))
        .toList();
  }
}
