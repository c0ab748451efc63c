// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.matrix;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * The identity that Liquibase gives a changeset, written {@code path::id::author}. The path ends at
 * the first {@code ::}, and the author begins after the last one.
 *
 * @param path the changelog's path, {@linkplain #normalize normalised}
 * @param id the changeset's id
 * @param author the changeset's author
 */
public record ChangesetKey(String path, String id, String author) {

  private static final String SEPARATOR = "::";
  private static final List<String> PREFIXES =
      List.of("classpath*:", "classpath:", "/", "./", "BOOT-INF/classes/", "WEB-INF/classes/");

  /** Creates a key and normalises its path. */
  public ChangesetKey {
    path = normalize(path);
  }

  /** Returns the key that {@code name} spells, or empty if it is not a complete key. */
  public static Optional<ChangesetKey> parse(String name) {
    int first = name.indexOf(SEPARATOR);
    int last = name.lastIndexOf(SEPARATOR);
    return first < 0 || last < first + SEPARATOR.length()
        ? Optional.empty()
        : Optional.of(
            new ChangesetKey(
                name.substring(0, first),
                name.substring(first + SEPARATOR.length(), last),
                name.substring(last + SEPARATOR.length())));
  }

  /**
   * Returns whether {@code name} spells a key whose path, id and author are all non-blank.
   * Liquibase has no changeset without all three.
   */
  static boolean isWhole(String name) {
    int first = name.indexOf(SEPARATOR);
    int last = name.lastIndexOf(SEPARATOR);
    return first >= 0
        && last >= first + SEPARATOR.length()
        && !normalize(name.substring(0, first)).isBlank()
        && !name.substring(first + SEPARATOR.length(), last).isBlank()
        && !name.substring(last + SEPARATOR.length()).isBlank();
  }

  /**
   * Returns {@code name} with its path normalised if it is a complete key, else {@code name}
   * itself.
   */
  public static String canonical(String name) {
    int first = name.indexOf(SEPARATOR);
    if (first < 0 || name.lastIndexOf(SEPARATOR) < first + SEPARATOR.length()) {
      return name;
    }
    String path = name.substring(0, first);
    String normalized = normalize(path);
    return normalized.equals(path) ? name : normalized + name.substring(first);
  }

  /** Returns whether {@code text} contains more than the id of a changeset. */
  static boolean isParted(String text) {
    return text.contains(SEPARATOR);
  }

  /** Returns {@code text} with the part before its first {@code ::} normalised as a path. */
  static String withNormalStart(String text) {
    int first = text.indexOf(SEPARATOR);
    return first < 0 ? text : normalize(text.substring(0, first)) + text.substring(first);
  }

  /**
   * Returns whether {@code text} is {@code name}. If {@code name} is a complete key, its canonical
   * form, its id, {@code id::author} and {@code path::id} match as well.
   */
  static boolean isNamed(String name, String text) {
    if (name.equals(text)) {
      return true;
    }
    int first = name.indexOf(SEPARATOR);
    int last = name.lastIndexOf(SEPARATOR);
    int id = first + SEPARATOR.length();
    if (first < 0 || last < id) {
      return false;
    }
    boolean starts = name.startsWith(text, id);
    if (starts && (id + text.length() == last || id + text.length() == name.length())) {
      return true;
    }
    return text.contains(SEPARATOR)
        && (text.equals(canonical(name)) || text.equals(withNormalStart(name.substring(0, last))));
  }

  /** Returns the id if {@code name} is a complete key with an id, else {@code name} itself. */
  static String shortName(String name) {
    int first = name.indexOf(SEPARATOR);
    int last = name.lastIndexOf(SEPARATOR);
    if (first < 0 || last < first + SEPARATOR.length()) {
      return name;
    }
    String id = name.substring(first + SEPARATOR.length(), last);
    return id.isBlank() ? name : id;
  }

  /**
   * Returns a changelog's path without the parts that depend on how Liquibase was run: {@code
   * classpath:}, {@code BOOT-INF/classes/} or {@code WEB-INF/classes/}, a drive letter, a leading
   * slash, {@code .} and {@code ..} segments, and backslashes. Liquibase's own {@code
   * DatabaseChangeLog.normalizePath} does the same, except for the folders inside an archive.
   */
  public static String normalize(String path) {
    return isNormal(path) ? path : normalized(path);
  }

  /** Returns whether there is nothing to remove, which is true of most paths in a history. */
  private static boolean isNormal(String path) {
    char before = '/';
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (c == '\\' || c == ':' || (before == '/' && (c == '/' || c == '.'))) {
        return false;
      }
      before = c;
    }
    return !path.startsWith("BOOT-INF/") && !path.startsWith("WEB-INF/");
  }

  private static String normalized(String path) {
    String rest = withoutPrefixes(path.replace('\\', '/'));
    if (!rest.contains("//") && !rest.contains("/.")) {
      return rest;
    }
    // Removing a/.. may expose another prefix.
    String resolved = withoutDots(rest);
    return resolved.length() < rest.length() ? normalized(resolved) : resolved;
  }

  private static String withoutPrefixes(String path) {
    int start = 0;
    for (int before = -1; start > before; ) {
      before = start;
      for (String prefix : PREFIXES) {
        start += path.startsWith(prefix, start) ? prefix.length() : 0;
      }
      start += isDrive(path, start) ? 2 : 0;
    }
    return path.substring(start);
  }

  private static boolean isDrive(String text, int at) {
    return at + 1 < text.length()
        && text.charAt(at + 1) == ':'
        && "abcdefghijklmnopqrstuvwxyz".indexOf(text.charAt(at) | 0x20) >= 0;
  }

  private static String withoutDots(String path) {
    Deque<String> segments = new ArrayDeque<>();
    for (String segment : path.split("/", -1)) {
      boolean up = segment.equals("..");
      if (up && !segments.isEmpty() && !segments.getLast().equals("..")) {
        segments.removeLast();
      } else if (!segment.isEmpty() && !segment.equals(".")) {
        segments.addLast(segment);
      }
    }
    return String.join("/", segments);
  }

  /** Returns the part of a complete key before the id. */
  public static String start(String normalPath) {
    return normalPath + SEPARATOR;
  }

  /** Returns the part of a complete key after the id. */
  public static String end(String author) {
    return SEPARATOR + author;
  }

  /** Returns the complete key. */
  @Override
  public String toString() {
    return start(path) + id + end(author);
  }
}
