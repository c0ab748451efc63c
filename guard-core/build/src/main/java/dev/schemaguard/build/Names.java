// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build;

import java.util.List;
import java.util.stream.Collectors;

/** Formats names for a sentence: all if they are few, otherwise only some of them. */
final class Names {

  private static final int SHOWN = 10;

  private Names() {}

  static String some(List<String> names) {
    String shown = names.stream().limit(SHOWN).collect(Collectors.joining(", "));
    return names.size() <= SHOWN ? shown : shown + ", and " + (names.size() - SHOWN) + " more";
  }
}
