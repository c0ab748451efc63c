// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Runs of real Alembic on a database of PostgreSQL, in a folder with revisions that each make a
 * table of their name.
 */
public record AlembicRun(TestDatabase database, Path folder) {

  private static final Path PROGRAM = Path.of("/usr/bin/alembic");

  private static final String ENV =
      """
      from alembic import context
      from sqlalchemy import create_engine
      if context.is_offline_mode():
          context.configure(dialect_name="postgresql")
          with context.begin_transaction():
              context.run_migrations()
      else:
          with create_engine("%s").connect() as connection:
              context.configure(connection=connection)
              with context.begin_transaction():
                  context.run_migrations()
      """;

  /** Whether Alembic is installed; where CI is set, it must be. */
  public static boolean isInstalled() {
    boolean installed = Files.isExecutable(PROGRAM);
    if (!installed && System.getenv("CI") != null) {
      throw new IllegalStateException(PROGRAM + " is missing");
    }
    return installed;
  }

  /** Writes the project without a revision. */
  public AlembicRun create() throws IOException {
    Files.createDirectories(folder.resolve("m/versions"));
    Files.writeString(folder.resolve("alembic.ini"), "[alembic]\nscript_location = m\n");
    String url =
        database
            .url()
            .replace("jdbc:postgresql://", "postgresql+psycopg2://" + database.user() + "@");
    Files.writeString(folder.resolve("m/env.py"), ENV.formatted(url));
    return this;
  }

  /** Has {@code env.py} configure the run by more arguments, as Python writes them. */
  public AlembicRun configure(String arguments) throws IOException {
    Path env = folder.resolve("m/env.py");
    Files.writeString(
        env,
        Files.readString(env)
            .replace("(connection=connection)", "(connection=connection, " + arguments + ")"));
    return this;
  }

  /**
   * Writes a revision.
   *
   * @param parents as Python writes them: {@code None}, {@code 'a'} or {@code ('a', 'b')}
   * @param more further lines, such as {@code branch_labels = ('x',)}
   */
  public AlembicRun revision(String name, String parents, String more) throws IOException {
    Files.writeString(
        folder.resolve("m/versions/" + name + ".py"),
        """
        from alembic import op
        import sqlalchemy as sa
        revision = '%1$s'
        down_revision = %2$s
        %3$s
        def upgrade():
            op.create_table('t_%1$s', sa.Column('id', sa.Integer))
        def downgrade():
            op.drop_table('t_%1$s')
        """
            .formatted(name, parents, more));
    return this;
  }

  /** Runs a command as it is printed; what it prints. */
  public String run(String command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder("sh", "-c", command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException(command + ": " + output);
    }
    return output;
  }
}
