// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.servlet.container;

import java.util.Hashtable;
import javax.naming.Context;
import javax.naming.Name;
import javax.naming.RefAddr;
import javax.naming.Reference;
import javax.naming.spi.ObjectFactory;
import org.h2.jdbcx.JdbcDataSource;

/**
 * Makes the DataSource of a {@code <Resource>} of META-INF/context.xml from the attributes that
 * Tomcat's own pool reads. That pool belongs to Tomcat's distribution, not to the embedded Tomcat.
 */
public final class H2DataSourceFactory implements ObjectFactory {

  /** The property that names the factory of all DataSources. */
  static final String PROPERTY = "javax.sql.DataSource.Factory";

  @Override
  public Object getObjectInstance(
      Object reference, Name name, Context context, Hashtable<?, ?> environment) {
    JdbcDataSource database = new JdbcDataSource();
    database.setURL(attribute(reference, "url"));
    database.setUser(attribute(reference, "username"));
    database.setPassword(attribute(reference, "password"));
    return database;
  }

  private static String attribute(Object reference, String name) {
    RefAddr address = ((Reference) reference).get(name);
    return address == null ? "" : (String) address.getContent();
  }
}
