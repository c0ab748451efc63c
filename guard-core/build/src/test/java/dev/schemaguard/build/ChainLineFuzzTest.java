// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.matrix.Revision;
import dev.schemaguard.testing.GeneratedDocuments;
import dev.schemaguard.testing.Tally;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a line of a chain says is what it says again when it is written anew. */
@Tag("inputs")
class ChainLineFuzzTest {

  @Test
  void aLineWrittenAnewMeansTheSame() {
    GeneratedDocuments documents = new GeneratedDocuments(41);
    try (Tally tally = new Tally("lines of chains, mutated and written anew")) {
      for (int i = 0; i < Tally.inputs(1_500); i++) {
        String text = documents.chain();
        String chain = i % 3 == 0 ? text : documents.mutated(text, text);
        chain.lines().forEach(line -> tally.check(line, () -> requireSameMeaning(line)));
      }
    }
  }

  private static void requireSameMeaning(String line) {
    ChainLine read = ChainLine.parse(line, "revisions.txt", 1);
    Revision revision = read.revision();
    if (revision != null) {
      String anew = ChainLine.of(revision).text();
      assertThat(ChainLine.parse(anew, "revisions.txt", 1).revision()).isEqualTo(revision);
      assertThat(ChainLine.of(revision).text()).isEqualTo(anew);
    }
  }
}
