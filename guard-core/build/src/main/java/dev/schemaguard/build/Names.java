// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build;

import java.util.List;
import java.util.stream.Collectors;

/** Names in a sentence: all of a few, some of many. */
final class Names {

  private static final int SHOWN = 10;

  private Names() {}

  static String some(List<String> names) {
    String shown = names.stream().limit(SHOWN).collect(Collectors.joining(", "));
    return names.size() <= SHOWN ? shown : shown + ", and " + (names.size() - SHOWN) + " more";
  }
}
