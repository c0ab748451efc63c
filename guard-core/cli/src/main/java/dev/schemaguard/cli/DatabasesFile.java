// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.text.BoundedText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A file that lists databases, one on each line: a label, the JDBC URL, and settings as {@code
 * key=value}, separated by blanks or tabs. Double quotes keep blanks in a word together, and two of
 * them in quotes are one. Lines that are blank or begin with {@code #} are ignored.
 */
final class DatabasesFile {

  private static final char NOT_UTF_8 = '\uFFFD';

  /** The byte order mark that some editors write. */
  private static final String MARK = "\uFEFF";

  private DatabasesFile() {}

  /**
   * Returns the databases by their labels, in the order of the lines.
   *
   * @throws ConfigurationException with file and line, if the file cannot be read or used
   */
  static Map<String, ListedDatabase> read(Path file) {
    Map<String, ListedDatabase> all = new LinkedHashMap<>();
    String[] lines = text(file).split("\\R", -1);
    for (int i = 0; i < lines.length; i++) {
      if (!lines[i].isBlank() && !lines[i].stripLeading().startsWith("#")) {
        ListedDatabase database = database(file + ":" + (i + 1), lines[i]);
        ListedDatabase other = all.put(database.label(), database);
        if (other != null) {
          throw new ConfigurationException(
              database.where(),
              "the label '" + database.label() + "' is also in " + other.where(),
              "Give every database its own label.");
        }
      }
    }
    if (all.isEmpty()) {
      throw ListedDatabase.error(file.toString(), "the file lists no database");
    }
    return all;
  }

  private static String text(Path file) {
    if (file.toString().isBlank()) {
      throw new ConfigurationException(
          "--databases",
          "the name of the file is empty",
          "Name the file, or leave the option out.");
    }
    try {
      String text = BoundedText.of(file);
      if (text.indexOf(NOT_UTF_8) >= 0) {
        throw new ConfigurationException(
            file.toString(), "the file is not UTF-8", "Save it as UTF-8.");
      }
      return text.startsWith(MARK) ? text.substring(1) : text;
    } catch (IOException e) {
      throw new ConfigurationException(
          "--databases",
          Files.exists(file) ? file + " cannot be read (" + e + ")" : "there is no file " + file,
          "Name a file that this user may read, in UTF-8.",
          e);
    }
  }

  private static ListedDatabase database(String where, String line) {
    List<String> words = words(where, line);
    if (words.size() < 2) {
      throw ListedDatabase.error(where, "there is no JDBC URL after '" + words.get(0) + "'");
    }
    Map<String, String> settings = new HashMap<>();
    for (String word : words.subList(2, words.size())) {
      int equals = word.indexOf('=');
      if (equals < 1) {
        throw ListedDatabase.error(
            where, "a word after the URL is not a setting; a blank in a word needs double quotes");
      }
      String key = word.substring(0, equals);
      if (!ListedDatabase.SETTINGS.contains(key)) {
        throw ListedDatabase.unknown(where, key);
      }
      if (equals == word.length() - 1) {
        throw ListedDatabase.error(where, key + " is empty");
      }
      if (settings.put(key, word.substring(equals + 1)) != null) {
        throw ListedDatabase.error(where, key + " occurs twice");
      }
    }
    return ListedDatabase.of(where, words.get(0), words.get(1), settings);
  }

  /** Returns the words of a line, the first of which is the label. */
  private static List<String> words(String where, String line) {
    List<String> words =
        QuotedWords.of(line)
            .orElseThrow(() -> ListedDatabase.error(where, "a double quote is not closed"));
    if (words.get(0).isBlank()) {
      throw ListedDatabase.error(where, "the label is empty");
    }
    return words;
  }
}
