// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.databases;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** The names of products that store unquoted names in upper case. */
final class UpperCaseNames {

  private static final Set<String> WORDS =
      Set.of("missing", "changed", "required", "table", "view", "key");

  private UpperCaseNames() {}

  /** The text with its names in upper case, and the words of a message as they are. */
  static String spelt(String text) {
    return Pattern.compile("\\w+")
        .matcher(text)
        .replaceAll(
            word ->
                WORDS.contains(word.group())
                    ? word.group()
                    : word.group().toUpperCase(Locale.ROOT));
  }
}
