// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.matrix.RevisionChain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AlembicSourcesTest {

  @TempDir private Path versions;

  @Nested
  class Values {

    @ParameterizedTest
    @ValueSource(
        strings = {
          "revision = 'b'\ndown_revision = 'a'",
          "revision = \"b\"\ndown_revision = \"a\"\nbranch_labels = None\ndepends_on = None",
          "revision: str = 'b'\ndown_revision: Union[str, None] = 'a'",
          "revision:str='b'\ndown_revision: str | Sequence[str] | None='a' # from a",
          "revision = 'b'  # = 'c'\ndown_revision = ('a',)",
          "revision = 'b'; down_revision = ['a']",
          "revision = ('b')\r\ndown_revision = \\\r\n    'a'\r\n",
          "# revision = 'c'\nrevision = '''b'''\ndown_revision = (\n  # the first\n  'a',\n)\n",
          "\uFEFFrevision = u'b'\ndown_revision = 'a'",
          "\"\"\"Text\n\nrevision = 'c'\n\\\"\"\" \"\"\"\nrevision = r'b'\ndown_revision = ('''''' 'a')",
          "x = {'revision': 'c',\nrevision: [1]}\nrevision = 'b'\ndown_revision = 'a'",
          "revision = 'b'\ndown_revision = 'a'\ndef upgrade():\n    revision = f()\n\n    depends_on = 1",
          "class X:\n  revision = 1\n@y\nasync def z():\n  pass\nrevision = 'b'\ndown_revision = 'a'",
          "print('it''s # \\' no comment')\nrevision = 'b'\ndown_revision = 'a'",
          "revision_id = 1\nrevision = 'b'\nold.revision = 'c'\ndown_revision = 'a'"
        })
    void areReadInEveryPlainForm(String text) throws IOException {
      file("1.py", "revision = 'a'\ndown_revision = None");
      file("2.py", text);

      assertThat(read().get(1).revision().parents()).containsExactly("a");
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '`',
        value = {
          "revision = f('a') | 1",
          "revision = 'a' + 'b' | 1",
          "revision = PREFIX | 1",
          "revision = f'a' | 1",
          "revision = b'a' | 1",
          "revision = 'a\\x62' | 1",
          "x = 1\\nrevision = ('a', B) | 2",
          "revision = ('a',, 'b') | 1",
          "revision = (,'a') | 1",
          "revision = (('a',),) | 1",
          "revision = {'a'} | 1",
          "revision = x = 'a' | 1",
          "revision += 'a' | 1",
          "revision, x = 'a', 1 | 1",
          "revision = | 1",
          "revision: str | 1",
          "revision == 'a' | 1",
          "if True:\\n    revision = 'a' | 2",
          "revision = 'a'\\ndown_revision = (\\n'x',\\ny()) | 4",
          "revision = 'a'\\nrevision = 'b' | 2"
        })
    void thatCannotBeReadAreAnErrorWithFileAndLine(String text, int line) throws IOException {
      file("1.py", text.replace("\\n", "\n") + "\ndown_revision = None");

      assertThatThrownBy(AlembicSourcesTest.this::read)
          .isInstanceOf(ConfigurationException.class)
          .hasMessageStartingWith(versions.resolve("1.py") + ":" + line + ": ")
          .hasMessageContaining("cannot be read");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "down_revision = None",
          "revision = 'a'",
          "",
          "revision = 'a\ndown_revision = None",
          "revision = None\ndown_revision = None",
          "revision = ''\ndown_revision = None",
          "revision = 'a,b'\ndown_revision = None",
          "revision = 'a', 'b'\ndown_revision = None"
        })
    void thatAreMissingAreAnErrorWithTheFile(String text) throws IOException {
      file("1.py", text);

      assertThatThrownBy(AlembicSourcesTest.this::read)
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining(versions.resolve("1.py").toString());
    }

    @Test
    void neverEndInAnythingButAnAnswerOrAConfigurationError() throws IOException {
      String text =
          "\"\"\"x\"\"\"\nrevision: str = 'a'\ndown_revision = (\n  'b', \"c\"\n)\n# x\\\n";
      Random random = new Random(7);
      String noise = "'\"\\\n\r\t ()[]=:;#,a\u0000é€🙂";
      for (int i = 0; i < 5_000; i++) {
        StringBuilder mutated = new StringBuilder(text);
        for (int j = random.nextInt(8); j >= 0; j--) {
          int at = random.nextInt(mutated.length());
          mutated.replace(
              at,
              at + random.nextInt(2),
              String.valueOf(noise.charAt(random.nextInt(noise.length()))));
        }
        try {
          AlembicScript.parse(Path.of("x.py"), mutated.toString());
        } catch (ConfigurationException e) {
          assertThat(e).hasMessageStartingWith("x.py");
        }
      }
    }
  }

  @Nested
  class Order {

    @Test
    void ofOneLineNeedsNoParents() throws IOException {
      revision("3b_c.py", "3b", "'2'");
      revision("1.py", "1", "None");
      revision("2_b.py", "2", "('1',)");

      assertThat(lines(null)).containsExactly("1", "2\talias=2_b", "3b\talias=3b_c");
    }

    @Test
    void ofBranchesNamesParentsUntilAMergeHasEverythingAboveIt() throws IOException {
      revision("1.py", "1", "None");
      revision("2.py", "2", "'1'");
      revision("3.py", "3", "'1'");
      revision("4.py", "4", "'2'");
      revision("5.py", "5", "('3', '4')");
      revision("6.py", "6", "'5'");

      assertThat(lines(null)).containsExactly("1", "2", "3\tparents=1", "4\tparents=2", "5", "6");
    }

    @Test
    void ofSeveralRootsMarksThoseThatAreNotTheFirstLine() throws IOException {
      revision("1.py", "1", "None");
      revision("2.py", "2", "()");
      revision("3.py", "3", "'1'", "depends_on = '2'");

      assertThat(lines(null)).containsExactly("1", "2\tparents=", "3");
    }

    @Test
    void putsParentsFirstWhateverTheFilesAreCalled() throws IOException {
      revision("a.py", "z", "'y'");
      revision("b.py", "y", "'x'");
      revision("c.py", "x", "None");

      assertThat(lines(null)).containsExactly("x\talias=c", "y\talias=b", "z\talias=a");
    }

    @Test
    void ofAFileStaysAndWhatIsNewIsAppended() throws IOException {
      revision("1.py", "1", "None");
      revision("2.py", "2", "'1'");
      revision("3.py", "3", "'1'");
      revision("4.py", "4", "('2', '3')");

      assertThat(lines("# ours\n1\n3\n")).containsExactly("# ours", "1", "3", "2\tparents=1", "4");
    }

    @Test
    void givesParentsToALineThatGotANewOne() throws IOException {
      revision("1.py", "1", "None");
      revision("2.py", "2", "'1'");
      revision("3.py", "3", "'1'");

      assertThat(lines("1\n2\n3\n")).containsExactly("1", "2", "3\tparents=1");
    }

    @Test
    void leavesParentsThatPeopleWroteWhereTheyAreRight() throws IOException {
      revision("1.py", "1", "None");
      revision("2.py", "2", "'1'");

      assertThat(lines("1\n2\tparents=1\n")).containsExactly("1", "2\tparents=1");
    }

    @Test
    void doesNotCountALineThatIsGoneFromTheSourcesAsAParent() throws IOException {
      revision("1.py", "1", "None");
      revision("3.py", "3", "'1'");

      assertThat(lines("1\n2\tretired\n")).containsExactly("1", "2\tretired", "3\tparents=1");
    }
  }

  @Nested
  class Graph {

    @Test
    void isResolvedAsTheMatrixNeedsIt() throws IOException {
      revision("1.py", "1", "None");
      revision("2.py", "2", "'1'");
      revision("3.py", "3", "'1'");
      RevisionChain chain = RevisionChain.parse(String.join("\n", lines(null)), "revisions.txt");

      assertThat(chain.upTo(chain.resolve("3", "here")).stream()).containsExactly(0, 2);
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '`',
        value = {"'9' | None", "None | '9'", "'1' | ('1', 'other')"})
    void withAMissingParentIsAnErrorThatNamesIt(String down, String dependsOn) throws IOException {
      revision("1.py", "1", "None");
      revision("2.py", "2", down, "depends_on = " + dependsOn);

      assertThatThrownBy(AlembicSourcesTest.this::read)
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("2.py")
          .hasMessageContaining("which no file has as its revision");
    }

    @Test
    void dependsOnBranchesByTheirLabelsButFollowsRevisionsOnly() throws IOException {
      revision("1.py", "1", "None", "branch_labels = ('orders', 'o')");
      revision("2.py", "2", "None", "depends_on = 'orders'");

      assertThat(lines(null)).containsExactly("1\talias=orders,o", "2");

      revision("3.py", "3", "'orders'");
      assertThatThrownBy(AlembicSourcesTest.this::read).hasMessageContaining("'orders'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"(cli.X,)", "LABELS", "os.environ['x']", "f'{x}'"})
    void labelsThatAreComputedAreLeftOutWithAWarning(String labels) throws IOException {
      revision("1.py", "1", "None", "branch_labels = " + labels);

      assertThat(lines(null)).containsExactly("1");
      assertThat(AlembicSources.directories(versions).warnings())
          .singleElement()
          .asString()
          .contains("1.py")
          .contains("branch_labels are computed");
    }

    @Test
    void withACircleIsAnErrorThatNamesItsFiles() throws IOException {
      revision("1.py", "1", "None");
      revision("2.py", "2", "'3'");
      revision("3.py", "3", "'2'");

      assertThatThrownBy(AlembicSourcesTest.this::read)
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("2.py")
          .hasMessageContaining("3.py")
          .hasMessageNotContaining("1.py")
          .hasMessageContaining("circle");
    }

    @Test
    void withOneRevisionTwiceIsAnErrorThatNamesBothFiles() throws IOException {
      revision("1.py", "1", "None");
      revision("2.py", "1", "None");

      assertThatThrownBy(AlembicSourcesTest.this::read)
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("1.py")
          .hasMessageContaining("2.py");
    }
  }

  @Nested
  class FilesOfRevisions {

    @Test
    void areThoseThatAlembicLoads() throws IOException {
      revision("1.py", "1", "None");
      file("__init__.py", "");
      file(".#2.py", "lock of an editor");
      file("README", "");
      file("3.pyc", "");
      file("sub/4.py", "");

      assertThat(lines(null)).containsExactly("1");
    }

    @Test
    void mayBeInSeveralDirectories() throws IOException {
      revision("a/2.py", "2", "'1'");
      revision("b/1.py", "1", "None");

      List<SourceRevision> sources =
          AlembicSources.directories(versions.resolve("a"), versions.resolve("b")).read();

      assertThat(sources.stream().map(SourceRevision::name)).containsExactly("1", "2");
    }

    @Test
    void areInOneDirectoryAtLeast() {
      assertThatThrownBy(AlembicSources::directories).isInstanceOf(ConfigurationException.class);
    }

    @Test
    void inADirectoryThatIsNotThereAreAnError() {
      AlembicSources sources = AlembicSources.directories(versions.resolve("no"));

      assertThatThrownBy(sources::read)
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining(versions.resolve("no").toString());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0009, 0009",
    "0009_add_rate_limit_table, 0009",
    "0009_add, 0009",
    "0010, 0010_embedding",
    "0010_embedding, 0010_embedding",
    "ae1027a6acf_add_x, ae1027a6acf",
    "ae1027a6acf, ae1027a6acf"
  })
  void aReferenceOfTheMatrixIsFoundByRevisionAndByTheFilesName(String reference, String name)
      throws IOException {
    revision("0009_add_rate_limit_table.py", "0009", "None");
    revision("0010_embedding.py", "0010_embedding", "'0009'");
    revision("ae1027a6acf_add_x.py", "ae1027a6acf", "'0010_embedding'");
    RevisionChain chain = ChainFile.of(null, "revisions.txt").update(read()).chain();
    CompatibilityMatrix matrix =
        CompatibilityMatrix.parse(
            "| App version | Expected |\n|---|---|\n| 1.0 | "
                + reference
                + " |\n| current | head |\n",
            "compatibility.md",
            true,
            chain);

    assertThat(MatrixVerification.of(matrix).errors()).isEmpty();
    assertThat(chain.resolve(reference, "here").name()).isEqualTo(name);
  }

  private void revision(String file, String revision, String down, String... more)
      throws IOException {
    file(
        file,
        "revision = '%s'\ndown_revision = %s\n%s\n"
            .formatted(revision, down, String.join("\n", more)));
  }

  private void file(String name, String text) throws IOException {
    Path file = versions.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private List<SourceRevision> read() {
    return AlembicSources.directories(versions).read();
  }

  private List<String> lines(String before) {
    String text = ChainFile.of(before, "revisions.txt").update(read()).text();
    return text.lines().filter(line -> before != null || !line.startsWith("#")).toList();
  }
}
