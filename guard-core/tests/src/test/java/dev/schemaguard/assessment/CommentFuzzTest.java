// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.assessment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.matrix.RequiresAppMarker;
import dev.schemaguard.matrix.RequiresAppMarker.Malformed;
import dev.schemaguard.matrix.RequiresAppMarker.Requires;
import dev.schemaguard.testing.GeneratedDocuments;
import dev.schemaguard.testing.Tally;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whatever a comment says, its marker is believed, or malformed, or there is none. */
@Tag("inputs")
class CommentFuzzTest {

  private static final int LONGEST = 250;
  private static final int MEGABYTE = 1_000_000;

  @Test
  void aMarkerIsBelievedOrMalformedOrNone() {
    GeneratedDocuments documents = new GeneratedDocuments(21);
    try (Tally tally = new Tally("comments, mutated")) {
      for (int i = 0; i < Tally.inputs(40_000); i++) {
        String comment = i % 4 == 0 ? documents.comment() : documents.mutated(documents.comment());
        tally.check("'" + comment + "'", () -> requireStable(comment));
      }
    }
  }

  private static void requireStable(String comment) {
    Optional<RequiresAppMarker> marker = RequiresAppMarker.parse(comment);
    String lower = comment.toLowerCase(Locale.ROOT);
    if (!lower.contains("requires-app")) {
      assertThat(marker).isEmpty();
    }
    if (marker.orElse(null) instanceof Requires requires) {
      assertThat(lower.strip())
          .startsWith("requires-app")
          .containsIgnoringCase(requires.version().toString());
      String name = requires.application() == null ? "" : requires.application() + " ";
      assertThat(RequiresAppMarker.parse("requires-app " + name + requires.version()))
          .isEqualTo(marker);
      assertThat(RequiresAppMarker.parse(comment + " or so")).isEqualTo(marker);
      assertThat(RequiresAppMarker.parse("It " + comment)).containsInstanceOf(Malformed.class);
      assertThat(RequiresAppMarker.parse(comment + " (requires-app 9)"))
          .containsInstanceOf(Malformed.class);
    } else if (marker.isPresent()) {
      assertThat(RequiresAppMarker.parse(comment + " or so")).containsInstanceOf(Malformed.class);
    }
  }

  @Test
  void aMegabyteOfAnyCommentIsReadInTime() {
    GeneratedDocuments documents = new GeneratedDocuments(22);
    try (Tally tally = new Tally("comments grown to a megabyte")) {
      for (int i = 0; i < Tally.inputs(100); i++) {
        String comment = documents.megabyteOf(documents.comment());
        assertThat(comment.length()).isBetween(MEGABYTE - LONGEST, MEGABYTE);
        tally.check("comment " + i, () -> RequiresAppMarker.parse(comment));
      }
    }
  }
}
