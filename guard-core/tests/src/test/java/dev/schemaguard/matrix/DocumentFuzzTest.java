// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.testing.GeneratedDocuments;
import dev.schemaguard.testing.Tally;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever became of a document, it is read, or refused with a configuration error; and what was
 * read means the same however it is written.
 */
@Tag("inputs")
class DocumentFuzzTest {

  private static final List<AppVersion> ASKED =
      Stream.of("0", "0.1", "0.2", "0.2.5", "0.3.7", "0.3.9", "0.4", "1.0", "1.3", "2.2.1", "3")
          .map(text -> AppVersion.parse(text).orElseThrow())
          .toList();
  private static final RevisionChain CHAIN =
      RevisionChain.parse("0000\n0001_add\talias=v1\n0002\n", "revisions.txt");

  @Test
  void aGoodDocumentIsAccepted() {
    GeneratedDocuments documents = new GeneratedDocuments(1);
    try (Tally tally = new Tally("documents and chains as the grammar builds them")) {
      for (int i = 0; i < Tally.inputs(1_000); i++) {
        String matrix = documents.matrix();
        String chain = documents.chain();
        boolean accepted =
            tally.check(
                matrix + chain,
                () -> {
                  read(matrix);
                  readChain(chain);
                });
        assertThat(accepted).as(matrix + chain).isTrue();
      }
    }
  }

  @Test
  void aMutatedMatrixIsReadOrRefused() {
    GeneratedDocuments documents = new GeneratedDocuments(2);
    try (Tally tally = new Tally("matrix documents, mutated")) {
      for (int i = 0; i < Tally.inputs(12_000); i++) {
        String matrix = documents.mutated(documents.matrix(), documents.matrix());
        tally.check(matrix, () -> read(matrix));
      }
    }
  }

  @Test
  void aMutatedChainIsReadOrRefused() {
    GeneratedDocuments documents = new GeneratedDocuments(3);
    try (Tally tally = new Tally("chains, mutated")) {
      for (int i = 0; i < Tally.inputs(12_000); i++) {
        String chain = documents.mutated(documents.chain(), documents.chain());
        tally.check(chain, () -> readChain(chain));
      }
    }
  }

  @Test
  void aMegabyteOfAnyPieceIsReadOrRefused() {
    GeneratedDocuments documents = new GeneratedDocuments(4);
    try (Tally tally = new Tally("documents and chains grown to a megabyte")) {
      for (int i = 0; i < Tally.inputs(30); i++) {
        String matrix = documents.megabyteOf(documents.matrix());
        String chain = documents.megabyteOf(documents.chain());
        tally.check("matrix " + i, () -> CompatibilityMatrix.parse(matrix, CHAIN));
        tally.check(
            "chain " + i,
            () -> RevisionChain.parse(chain, "revisions.txt").resolve("0001", "here"));
      }
    }
  }

  @Test
  void aFileWithFlippedBitsIsReadOrRefused(@TempDir Path folder) throws IOException {
    GeneratedDocuments documents = new GeneratedDocuments(5);
    Path matrix = folder.resolve("compatibility.md");
    Path chain = folder.resolve("revisions.txt");
    try (Tally tally = new Tally("files with flipped bits")) {
      for (int i = 0; i < Tally.inputs(1_500); i++) {
        Files.write(matrix, documents.flipped(bytes(documents.matrix())));
        Files.write(chain, documents.flipped(bytes(documents.chain())));
        tally.check("matrix " + i, () -> CompatibilityMatrix.file(matrix, chain));
        tally.check("chain " + i, () -> RevisionChain.file(chain));
      }
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Reads a matrix; what it means must not depend on how its lines end or its cells are marked. */
  private static void read(String document) {
    CompatibilityMatrix matrix = CompatibilityMatrix.parse(document, CHAIN);
    assertThat(matrix.rows()).isNotEmpty();
    assertThat(matrix.application()).isNotEqualTo(Optional.of(""));
    if (document.indexOf('\r') < 0) {
      assertThat(meaning(parse(document.replace("\n", "\r\n")))).isEqualTo(meaning(matrix));
    }
    assertThat(cells(parse(rewritten(matrix)))).isEqualTo(cells(matrix));
    ASKED.forEach(version -> requireNarrowestRow(matrix, version));
    resolveAll(matrix);
    askAboutClients(matrix.clients());
  }

  private static CompatibilityMatrix parse(String document) {
    return CompatibilityMatrix.parse(document, CHAIN);
  }

  private static List<Object> meaning(CompatibilityMatrix matrix) {
    return List.of(matrix.application(), matrix.unknownAhead(), matrix.paths(), matrix.rows());
  }

  private static List<List<@Nullable String>> cells(CompatibilityMatrix matrix) {
    return matrix.rows().stream()
        .map(row -> Arrays.asList(row.label(), row.expected(), row.min(), row.max()))
        .toList();
  }

  /** The rows written anew, a backslash before all punctuation. */
  private static String rewritten(CompatibilityMatrix matrix) {
    return cells(matrix).stream()
        .map(
            row ->
                row.stream()
                    .map(cell -> cell == null ? "" : cell.replaceAll("\\p{Punct}", "\\\\$0"))
                    .collect(Collectors.joining(" | ", "| ", " |\n")))
        .collect(Collectors.joining("", Documents.HEADER, ""));
  }

  /** By brute force: no other row may speak for the version and for fewer of those asked about. */
  private static void requireNarrowestRow(CompatibilityMatrix matrix, AppVersion version) {
    MatrixRow row = matrix.rowFor(version.toString(), false).orElse(null);
    List<MatrixRow> holders =
        matrix.rows().stream().filter(other -> other.pattern().holds(version)).toList();
    if (row == null) {
      assertThat(holders).isEmpty();
      return;
    }
    assertThat(holders).contains(row);
    for (MatrixRow other : holders) {
      assertThat(held(other)).as(other.label()).containsAll(held(row));
    }
  }

  private static Set<AppVersion> held(MatrixRow row) {
    return ASKED.stream().filter(row.pattern()::holds).collect(Collectors.toSet());
  }

  private static void resolveAll(CompatibilityMatrix matrix) {
    for (MatrixRow row : matrix.rows()) {
      try {
        matrix.resolve(row);
      } catch (ConfigurationException e) {
        assertThat(e.location()).isEqualTo(row.where());
      }
    }
  }

  /** Whatever the client tables hold, an answer or an error that {@code errors} names too. */
  private static void askAboutClients(ClientTables clients) {
    for (String component : clients.components()) {
      for (AppVersion version : ASKED) {
        try {
          ClientCompatibility fit = clients.fit(version.toString(), false, component, "1.0");
          assertThat(fit.component()).isEqualTo(component);
          assertThat(fit.fits()).isNotEqualTo(fit.accepted() == null || fit.outcome().isRefused());
        } catch (ConfigurationException e) {
          assertThat(clients.errors())
              .extracting(ConfigurationException::getMessage)
              .contains(e.getMessage());
        }
      }
    }
  }

  /** Reads a chain, and finds in it what every line says of itself. */
  private static void readChain(String text) {
    RevisionChain chain = RevisionChain.parse(text, "revisions.txt");
    for (int i = 0; i < chain.revisions().size(); i++) {
      Revision revision = chain.revisions().get(i);
      assertThat(chain.indexOf(revision)).isEqualTo(i);
      assertThat(chain.resolve(revision.name(), "here")).isEqualTo(revision);
      assertThat(chain.upTo(revision).get(i)).isTrue();
      assertThat(chain.upTo(revision).length()).isEqualTo(i + 1);
    }
    assertThat(RevisionChain.of(chain.revisions()).revisions()).isEqualTo(chain.revisions());
    if (text.indexOf('\r') < 0) {
      assertThat(RevisionChain.parse(text.replace("\n", "\r\n"), "revisions.txt").revisions())
          .isEqualTo(chain.revisions());
    }
  }
}
