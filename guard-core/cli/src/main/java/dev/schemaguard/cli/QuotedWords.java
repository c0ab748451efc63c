// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Splits a line into words at blanks and tabs. Double quotes keep blanks in a word, and a quote is
 * doubled inside of them.
 */
final class QuotedWords {

  private final String line;
  private final List<String> words = new ArrayList<>();
  private final StringBuilder word = new StringBuilder();
  private boolean isInWord;
  private boolean isQuoted;

  private QuotedWords(String line) {
    this.line = line;
  }

  /** Returns the words without their quotes; empty if a quote is not closed. */
  static Optional<List<String>> of(String line) {
    return new QuotedWords(line).split();
  }

  private Optional<List<String>> split() {
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"' && isQuoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
        word.append(c);
        i++;
      } else if (c == '"') {
        isQuoted = !isQuoted;
        isInWord = true;
      } else if (Character.isWhitespace(c) && !isQuoted) {
        end();
      } else {
        word.append(c);
        isInWord = true;
      }
    }
    end();
    return isQuoted ? Optional.empty() : Optional.of(words);
  }

  private void end() {
    if (isInWord) {
      words.add(word.toString());
    }
    word.setLength(0);
    isInWord = false;
  }
}
