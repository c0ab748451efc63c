// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build.impact;

/**
 * The kinds of schema changes and their impact on versions of the application that are older than
 * the change. The guide contains this table, and a test compares the two.
 *
 * <p>It assumes that older versions name their columns when they read and write. Objects that the
 * migration itself creates are unknown to older versions, see {@link RevisionImpact}. A kind that
 * is not certainly harmless is not {@link Impact#EXPAND}.
 */
public enum ChangeKind {
  CREATE_TABLE(Part.OTHER, Impact.EXPAND, "creates table %s", ""),
  CREATE_TABLE_IF_MISSING(Part.OTHER, Impact.EXPAND, "creates table %s if it is missing", ""),
  ADD_COLUMN(Part.TABLE, Impact.EXPAND, "adds column %s, which may be null", ""),
  ADD_COLUMN_WITH_DEFAULT(Part.TABLE, Impact.EXPAND, "adds column %s with a default", ""),
  ADD_COLUMN_IF_MISSING(Part.TABLE, Impact.EXPAND, "adds column %s if it is missing", ""),
  REFERENCE_THAT_YIELDS(
      Part.OTHER, Impact.EXPAND, "adds a foreign key that yields to deletes: new %s", ""),
  CREATE_INDEX(Part.TABLE, Impact.EXPAND, "indexes %s", ""),
  CREATE_OBJECT(Part.OTHER, Impact.EXPAND, "creates a view, sequence, type or schema: %s", ""),
  COMMENT(Part.TABLE, Impact.EXPAND, "comments on %s", ""),
  GRANT(Part.OTHER, Impact.EXPAND, "grants a right: %s", ""),
  COMPLETE_NEW(Part.OTHER, Impact.EXPAND, "changes %s, which it adds itself", ""),
  NOTHING(Part.OTHER, Impact.EXPAND, "leaves the schema as it is: %s", ""),

  REFERENCE_THAT_HOLDS(
      Part.OTHER,
      Impact.UNCLEAR,
      "adds a foreign key: new %s",
      "older versions may not be able to delete there"),
  ADD_UNIQUE_WITH_NEW(
      Part.TABLE,
      Impact.UNCLEAR,
      "makes %s unique, with a column that it adds itself",
      "older versions leave that null, and whether nulls may repeat depends on the database"),
  ADD_CHECK_OF_NEW(
      Part.TABLE,
      Impact.UNCLEAR,
      "adds column %s with a condition",
      "what that refuses is not judged"),
  INDEX_EXPRESSION(
      Part.TABLE,
      Impact.UNCLEAR,
      "indexes an expression of %s",
      "a row for which it fails cannot be written"),
  DROP_NOT_NULL(
      Part.TABLE, Impact.UNCLEAR, "lets %s be null", "older versions may not expect that"),
  SET_DEFAULT(
      Part.TABLE,
      Impact.UNCLEAR,
      "gives %s a default",
      "older versions that leave it out get that, not null"),
  DROP_DEFAULT(
      Part.TABLE,
      Impact.UNCLEAR,
      "takes the default of %s away",
      "older versions may leave the column out"),
  ADD_AUTO_INCREMENT(
      Part.TABLE,
      Impact.UNCLEAR,
      "lets the database number %s",
      "older versions may number it themselves"),
  DROP_CONSTRAINT(
      Part.TABLE,
      Impact.UNCLEAR,
      "drops a foreign key or other constraint of %s",
      "older versions may rely on what it refuses or deletes"),
  DROP_INDEX(
      Part.OTHER,
      Impact.UNCLEAR,
      "drops index %s",
      "it may have been unique, or all that keeps older versions fast"),
  RENAME_CONSTRAINT(
      Part.TABLE,
      Impact.UNCLEAR,
      "renames an index or constraint of %s",
      "older versions may name it"),
  REPLACE_VIEW(Part.OTHER, Impact.UNCLEAR, "redefines view %s", "older versions may read it"),
  ALTER_SEQUENCE(
      Part.OTHER,
      Impact.UNCLEAR,
      "changes sequence %s",
      "older versions may count on its increment"),
  ADD_VALUE(
      Part.OTHER,
      Impact.UNCLEAR,
      "adds a value to a type: %s",
      "older versions may read it and not know it"),
  INSERT(
      Part.TABLE, Impact.UNCLEAR, "adds rows to %s", "older versions may not know what they mean"),
  UPDATE(
      Part.COLUMNS,
      Impact.UNCLEAR,
      "changes rows of %s",
      "older versions may not know the new values"),
  DELETE(Part.TABLE, Impact.UNCLEAR, "removes rows of %s", "older versions may still need them"),
  CODE(Part.OTHER, Impact.UNCLEAR, "brings or runs code: %s", "what it does is not judged"),
  OTHER(Part.OTHER, Impact.UNCLEAR, "does what no rule covers: %s", ""),
  UNPARSED(Part.OTHER, Impact.UNCLEAR, "could not be parsed: %s", ""),

  DROP_TABLE(Part.TABLE, Impact.CONTRACT, "drops table %s", "older versions may still use it"),
  RENAME_TABLE(Part.TABLE, Impact.CONTRACT, "renames table %s", "older versions use the old name"),
  DROP_COLUMN(Part.COLUMNS, Impact.CONTRACT, "drops column %s", "older versions may still use it"),
  RENAME_COLUMN(
      Part.COLUMNS, Impact.CONTRACT, "renames column %s", "older versions use the old name"),
  ALTER_TYPE(
      Part.COLUMNS,
      Impact.CONTRACT,
      "changes the type of %s",
      "older versions read and write the old one, and the new one may not hold it"),
  REDEFINE_COLUMN(
      Part.TABLE,
      Impact.CONTRACT,
      "defines column %s anew",
      "older versions may not be able to write it, nor to read it"),
  ADD_REQUIRED_COLUMN(
      Part.TABLE,
      Impact.CONTRACT,
      "adds column %s, not null and without a default",
      "older versions omit it"),
  SET_NOT_NULL(
      Part.TABLE, Impact.CONTRACT, "requires a value in %s", "older versions may write none"),
  ADD_UNIQUE(
      Part.TABLE, Impact.CONTRACT, "makes %s unique", "older versions may write a value twice"),
  ADD_PRIMARY_KEY(
      Part.TABLE,
      Impact.CONTRACT,
      "makes %s the primary key",
      "older versions may write a value twice"),
  ADD_FOREIGN_KEY(
      Part.OTHER,
      Impact.CONTRACT,
      "ties existing %s by a foreign key",
      "older versions may write a value that is not there, or delete one that is referred to"),
  ADD_CHECK(
      Part.TABLE,
      Impact.CONTRACT,
      "restricts %s by a condition",
      "older versions may write what it refuses"),
  DROP_UNIQUE(
      Part.TABLE,
      Impact.CONTRACT,
      "lets values of %s repeat",
      "older versions may take one for one row, or write by it"),
  DROP_VIEW(Part.OTHER, Impact.CONTRACT, "drops view %s", "older versions may still read it"),
  DROP_OBJECT(
      Part.OTHER,
      Impact.CONTRACT,
      "drops a sequence, type, schema or routine: %s",
      "older versions may still use it"),
  RENAME_OBJECT(
      Part.OTHER,
      Impact.CONTRACT,
      "renames view or sequence %s",
      "older versions use the old name"),
  REVOKE(Part.OTHER, Impact.CONTRACT, "takes a right away: %s", "older versions may need it");

  /** The part of the schema that is changed, which may itself be new. */
  private enum Part {
    TABLE,
    COLUMNS,
    OTHER
  }

  private final Part part;
  private final Impact impact;
  private final String sentence;
  private final String why;

  ChangeKind(Part part, Impact impact, String sentence, String why) {
    this.part = part;
    this.impact = impact;
    this.sentence = sentence;
    this.why = why;
  }

  /** Returns the impact of a change of this kind on older versions. */
  public Impact impact() {
    return impact;
  }

  /** Returns the change in words, with an ellipsis in place of its subject. */
  public String sentence() {
    return sentence.replace("%s", "…");
  }

  /**
   * Returns why the change may affect an older version; empty if it does not, or if there is no
   * further explanation.
   */
  public String why() {
    return why;
  }

  /** Returns the change of {@code subject}, in words. */
  String done(String subject) {
    return sentence.replace("%s", subject);
  }

  String reason(String subject) {
    String done = done(subject);
    return why.isEmpty() ? done : done + "; " + why;
  }

  /**
   * Returns whether a schema file shows what it does to older versions: it takes away or narrows a
   * table, a view, a column or a key.
   */
  public boolean isInSchemaFile() {
    return switch (this) {
      case DROP_TABLE,
          RENAME_TABLE,
          DROP_COLUMN,
          RENAME_COLUMN,
          ALTER_TYPE,
          REDEFINE_COLUMN,
          ADD_REQUIRED_COLUMN,
          SET_NOT_NULL,
          DROP_DEFAULT,
          DROP_UNIQUE,
          DROP_INDEX,
          DROP_CONSTRAINT,
          DROP_VIEW,
          REPLACE_VIEW ->
          true;
      default -> false;
    };
  }

  /** Returns whether a table, view or column no longer has its name afterwards. */
  public boolean takesName() {
    return switch (this) {
      case DROP_TABLE, RENAME_TABLE, DROP_COLUMN, RENAME_COLUMN, DROP_VIEW, RENAME_OBJECT -> true;
      default -> false;
    };
  }

  /** Returns whether a table, view or column may have its name only afterwards. */
  public boolean givesName() {
    return switch (this) {
      case CREATE_TABLE,
          CREATE_TABLE_IF_MISSING,
          CREATE_OBJECT,
          REPLACE_VIEW,
          RENAME_TABLE,
          RENAME_COLUMN,
          RENAME_OBJECT,
          ADD_COLUMN,
          ADD_COLUMN_WITH_DEFAULT,
          ADD_COLUMN_IF_MISSING,
          ADD_REQUIRED_COLUMN ->
          true;
      default -> false;
    };
  }

  /** Returns whether it is unknown what the change does to tables and columns. */
  public boolean isOpaque() {
    return this == CODE || this == OTHER || this == UNPARSED;
  }

  /** Returns whether it changes only a table, so that it has no effect if the table is new. */
  boolean isOfTable() {
    return part != Part.OTHER;
  }

  /** Returns whether it changes only columns, so that it has no effect if they are new. */
  boolean isOfColumns() {
    return part == Part.COLUMNS;
  }
}
