// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.matrix.RequiresAppMarker;
import dev.schemaguard.matrix.Revision;
import dev.schemaguard.matrix.RevisionChain;
import dev.schemaguard.testing.Document;
import dev.schemaguard.testing.Document.Block;
import dev.schemaguard.testing.Statewave;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The matrices, chains and requires-app markers that the documents show. */
class MatrixExamplesTest {

  private static final Pattern MARKER =
      Pattern.compile("(?m)^\\s*(?:--comment: |comment: |<comment>)(.*?)(?:</comment>)?$");

  @Test
  void thereAreSome() {
    assertThat(Document.of("README.md").blocks("markdown")).isNotEmpty();
    assertThat(Document.of("docs/reference/matrix.md").blocks("markdown")).isNotEmpty();
    assertThat(Document.of("docs/reference/chain.md").blocks("revisions")).isNotEmpty();
    assertThat(markers()).hasSize(3);
  }

  static Stream<Document> documents() {
    return Document.guides().filter(document -> !document.blocks("markdown").isEmpty());
  }

  @ParameterizedTest
  @MethodSource("documents")
  void everyRowResolvesInTheChainBesideIt(Document document) {
    for (Block example : document.blocks("markdown")) {
      CompatibilityMatrix matrix =
          CompatibilityMatrix.parse(
              example.text(), example.place(), true, chainBehind(document, example));
      matrix.rows().forEach(matrix::resolve);
      assertThat(matrix.clients().errors()).isEmpty();
      List<ConfigurationException> errors = new ArrayList<>();
      List<Revision.Condition> conditions = matrix.conditions(errors::add);
      assertThat(errors).isEmpty();
      assertThat(conditions).hasSize(example.text().contains("| Requires |") ? 1 : 0);
    }
  }

  static Stream<Block> chains() {
    return Document.guides().flatMap(document -> document.blocks("revisions").stream());
  }

  @ParameterizedTest
  @MethodSource("chains")
  void everyChainCanBeRead(Block chain) {
    assertThat(RevisionChain.parse(chain.text(), chain.place()).revisions()).isNotEmpty();
  }

  static Stream<String> markers() {
    return Document.guides()
        .flatMap(document -> document.blocks().stream())
        .flatMap(block -> MARKER.matcher(block.text()).results())
        .map(result -> result.group(1));
  }

  @ParameterizedTest
  @MethodSource("markers")
  void everyFloorMarkerCanBeBelieved(String comment) {
    assertThat(RequiresAppMarker.parse(comment))
        .get()
        .isInstanceOf(RequiresAppMarker.Requires.class);
  }

  /** The chain that is shown behind a matrix, else that of the sample application. */
  private static RevisionChain chainBehind(Document document, Block matrix) {
    List<Block> blocks = document.blocks();
    return blocks.stream()
        .skip(blocks.indexOf(matrix))
        .filter(block -> block.language().equals("revisions"))
        .findFirst()
        .map(block -> RevisionChain.parse(block.text(), block.place()))
        .orElseGet(() -> Statewave.matrix().chain().orElseThrow());
  }
}
