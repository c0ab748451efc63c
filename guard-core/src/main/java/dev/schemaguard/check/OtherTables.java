// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.check;

import java.util.List;

/**
 * The tables in a schema without a history that the migration tool did not create for itself.
 *
 * @param names the tables that were found
 * @param unknown why it is not known whether there are any; empty if it is known
 */
public record OtherTables(List<String> names, String unknown) {

  /** There is no other table, or none that matters. */
  public static final OtherTables NONE = of(List.of());

  /** Copies the names. */
  public OtherTables {
    names = List.copyOf(names);
  }

  /** Returns the tables that the catalog shows. */
  public static OtherTables of(List<String> names) {
    return new OtherTables(names, "");
  }

  /** Returns the result if the database does not allow its catalog to be read. */
  public static OtherTables unknown(String message) {
    return new OtherTables(
        List.of(), "it is not known whether the schema has other tables: " + message);
  }

  /** Returns whether the tables could be listed. */
  public boolean isKnown() {
    return unknown.isEmpty();
  }
}
