// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build;

import dev.schemaguard.dialect.Dialects;
import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.matrix.RevisionChain;
import dev.schemaguard.structure.SchemaFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The result of verifying the schema files of an application, without a database. Immutable.
 *
 * @param errors lines that cannot be read, references to revisions that are not in the chain, and
 *     unknown products; each contains its location and what to do
 * @param warnings what is allowed but may be unexpected, in sentences
 * @param files the number of files
 */
public record SchemaFileVerification(
    List<ConfigurationException> errors, List<String> warnings, int files) {

  private static final String SINCE = "since=";

  /** Copies the lists. */
  public SchemaFileVerification {
    errors = List.copyOf(errors);
    warnings = List.copyOf(warnings);
  }

  /**
   * Verifies the schema files in a directory, which need not exist.
   *
   * @param matrix the application's matrix, with its chain
   * @throws ConfigurationException if a file cannot be read
   */
  public static SchemaFileVerification of(Path folder, CompatibilityMatrix matrix) {
    Map<String, String> texts = new TreeMap<>();
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.toList()) {
          if (SchemaFileName.dbms(file.getFileName().toString()).isPresent()) {
            texts.put(file.toString(), Optional.ofNullable(new TextFile(file).read()).orElse(""));
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return of(texts, matrix);
  }

  /**
   * Verifies schema files.
   *
   * @param texts their contents by their paths
   * @param matrix the application's matrix, with its chain
   */
  public static SchemaFileVerification of(Map<String, String> texts, CompatibilityMatrix matrix) {
    List<ConfigurationException> errors = new ArrayList<>();
    List<String> warnings = new ArrayList<>();
    texts.forEach(
        (path, text) -> {
          String name = path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
          String dbms = SchemaFileName.dbms(name).orElse("");
          if (!Dialects.withStructure().contains(dbms)) {
            errors.add(unknownProduct(path, dbms));
          }
          try {
            SchemaFile file = SchemaFile.parse(text, path);
            matrix
                .chain()
                .ifPresent(
                    chain -> {
                      errors.addAll(unresolved(text, path, chain));
                      warnings.addAll(warnings(file, SupportedDatabases.of(matrix, chain, dbms)));
                    });
          } catch (ConfigurationException e) {
            errors.add(e);
          }
        });
    return new SchemaFileVerification(errors, warnings, texts.size());
  }

  private static ConfigurationException unknownProduct(String path, String dbms) {
    return new ConfigurationException(
        path,
        "'" + dbms + "' is not a database product with a schema file, so no database is compared",
        "Name the file schema.NAME.txt, with one of these names: "
            + String.join(", ", Dialects.withStructure())
            + ".");
  }

  private static List<ConfigurationException> unresolved(
      String text, String path, RevisionChain chain) {
    List<ConfigurationException> errors = new ArrayList<>();
    int number = 0;
    boolean inTable = false;
    for (String line : text.lines().toList()) {
      number++;
      String body = line.strip();
      inTable |= body.startsWith("table ") || body.startsWith("view ");
      List<String> references = new ArrayList<>();
      if (!inTable && body.startsWith("since ")) {
        references.add(body.substring("since ".length()).strip());
      } else if (!body.startsWith("#")) {
        for (String attribute : body.split("\t", -1)) {
          if (attribute.strip().startsWith(SINCE)) {
            references.add(attribute.strip().substring(SINCE.length()).strip());
          }
        }
      }
      for (String reference : references) {
        try {
          chain.resolve(reference, path + ":" + number);
        } catch (ConfigurationException e) {
          errors.add(e);
        }
      }
    }
    return errors;
  }

  /**
   * Returns the warning for a file that was first written at a newer revision than some of the
   * databases have on which versions with its head run.
   */
  private static List<String> warnings(SchemaFile file, SupportedDatabases supported) {
    String min = supported.minBelowHead().orElse(null);
    if (min == null || supported.have(file.since()) || (file.since() == null && hasSince(file))) {
      return List.of();
    }
    return List.of(
        file.origin()
            + ": versions with this head also run on "
            + min
            + ", but "
            + (file.since() == null
                ? "no line has since=, so these databases are expected to have all of it"
                : "the file was first written at "
                    + file.since()
                    + ", so older databases are not compared")
            + ". "
            + rewrite(file.origin(), min));
  }

  /** Returns how to write a file that also describes databases at the minimum. */
  static String rewrite(String file, String min) {
    return "To have them compared, delete "
        + file
        + ", write it on a database at "
        + min
        + " (schema-guard schema --at "
        + min
        + "), then again at the head.";
  }

  private static boolean hasSince(SchemaFile file) {
    return file.tables().stream()
        .anyMatch(
            table ->
                table.attributes().since() != null
                    || table.columns().stream().anyMatch(each -> each.attributes().since() != null)
                    || table.keys().stream().anyMatch(each -> each.attributes().since() != null));
  }
}
