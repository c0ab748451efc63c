// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.matrix;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;

/**
 * The schema files of a matrix, {@code schema.<dbms>.txt} beside it. Each is looked for, read and
 * parsed when it is first needed. Thread-safe.
 */
final class SchemaFiles {

  /** The products whose catalogs can be compared, by Liquibase's short names. */
  private static final List<String> PRODUCTS =
      List.of("derby", "h2", "hsqldb", "mariadb", "mysql", "postgresql", "sqlite");

  private final SiblingFiles place;
  private final Map<String, Boolean> present = new ConcurrentHashMap<>();
  private final Map<String, Object> parsed = new ConcurrentHashMap<>();

  SchemaFiles(SiblingFiles place) {
    this.place = place;
  }

  private static String name(String dbms) {
    return "schema." + dbms + ".txt";
  }

  /** Returns whether there is one for a product. */
  boolean has(String dbms) {
    Boolean known = present.get(dbms);
    if (known == null) {
      known = PRODUCTS.contains(dbms) && place.has(name(dbms));
      present.put(dbms, known);
    }
    return known;
  }

  /** Returns the products that there is one for; empty if the place cannot be searched. */
  List<String> products() {
    List<String> products = new ArrayList<>();
    if (place.isSearchable()) {
      for (String dbms : PRODUCTS) {
        if (has(dbms)) {
          products.add(dbms);
        }
      }
    }
    return products;
  }

  /** Returns what a parser makes of the one for a product. */
  <T> Optional<T> parsed(String dbms, BiFunction<String, String, T> parser) {
    if (!has(dbms)) {
      return Optional.empty();
    }
    @SuppressWarnings("unchecked")
    T known = (T) parsed.get(dbms);
    if (known == null) {
      SiblingFiles.Document file = place.read(name(dbms));
      known = parser.apply(file.text(), file.origin());
      parsed.put(dbms, known);
    }
    return Optional.of(known);
  }

  /** Returns the same files, and one for {@code dbms}. */
  SchemaFiles with(String dbms, String text, String origin) {
    SiblingFiles before = place;
    String added = name(dbms);
    return new SchemaFiles(
        new SiblingFiles() {
          @Override
          public boolean has(String name) {
            return name.equals(added) || before.has(name);
          }

          @Override
          public Document read(String name) {
            return name.equals(added)
                ? new Document(MatrixSource.withoutMark(text), origin)
                : before.read(name);
          }

          @Override
          public boolean isSearchable() {
            return before.isSearchable();
          }
        });
  }
}
