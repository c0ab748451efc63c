// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.tool;

import static dev.schemaguard.preflight.Rollback.word;

import dev.schemaguard.dialect.Dialects;
import dev.schemaguard.history.HistoryPlace;

/**
 * The options by which a tool's command finds its history. They contain no connection settings and
 * no password; the person who runs the command adds those.
 */
record CommandOptions(HistoryPlace place) {

  /**
   * Returns the option that names the schema, with a blank before it; empty for the default one.
   */
  String schema(String option) {
    String schema = place.schema();
    return schema == null
            || schema.isEmpty()
            || schema.equalsIgnoreCase("public")
            || !Dialects.named(place.dbms()).hasSchemas()
        ? ""
        : " " + option + word(schema);
  }

  /** Returns the option that names the table, with a blank before it; empty for the usual one. */
  String table(String usual, String option) {
    return place.table().isEmpty() || place.table().equalsIgnoreCase(usual)
        ? ""
        : " " + option + word(place.table());
  }
}
