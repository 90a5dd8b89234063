package io.replyloop.database;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.AgroalConnectionFactoryConfiguration;
import io.agroal.api.security.AgroalSecurityProvider;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.postgresql.Driver;

/**
 * Connections beside the pool, for what must not take one from it, with everything that the pool's are made with:
 * options in the address, additional JDBC properties, the account from wherever it comes, and the first statement. What
 * one of them could reach and another could not (TLS, a certificate, a changing password) would be found out by nobody.
 */
@ApplicationScoped
public class UnpooledConnections {
    private static final String USER = "user";
    private static final String PASSWORD = "password";
    private static final Set<String> NOT_IN_AN_ADDRESS = Set.of(USER, PASSWORD, "PGHOST", "PGPORT", "PGDBNAME");

    private final AgroalDataSource pool;

    UnpooledConnections(AgroalDataSource pool) {
        this.pool = pool;
    }

    /** The way to the database for another process; user and password are null where others prove who asks. */
    public record Access(String url, String user, String password) {
        @Override
        public String toString() {
            return "the database of user " + user;
        }
    }

    /** @param own what is to be different here, such as a name or a timeout, whatever the address says */
    public Connection open(Map<String, String> own) throws SQLException {
        AgroalConnectionFactoryConfiguration settings = settings();
        Connection connection = open(settings.jdbcUrl(), properties(settings), own);
        String first = settings.initialSql();
        if (first != null && !first.isBlank()) {
            try (Statement statement = connection.createStatement()) {
                statement.execute(first);
            } catch (SQLException failure) {
                connection.close();
                throw failure;
            }
        }
        return connection;
    }

    /** The same for whoever has no pool. */
    public static Connection open(String url, Properties settings, Map<String, String> own) throws SQLException {
        Properties all = withOptionsOf(url, settings);
        all.putAll(own);
        return DriverManager.getConnection(withoutOptions(url), all);
    }

    /** All settings as the options of one address, as they are now: an account may be another one tomorrow. */
    public Access access() throws SQLException {
        AgroalConnectionFactoryConfiguration settings = settings();
        Properties all = withOptionsOf(settings.jdbcUrl(), properties(settings));
        String options = new TreeSet<>(all.stringPropertyNames())
                .stream()
                        .filter(name -> !NOT_IN_AN_ADDRESS.contains(name))
                        .map(name -> name + '=' + URLEncoder.encode(all.getProperty(name), StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&"));
        return new Access(
                withoutOptions(settings.jdbcUrl()) + '?' + options, all.getProperty(USER), all.getProperty(PASSWORD));
    }

    private AgroalConnectionFactoryConfiguration settings() {
        return pool.getConfiguration().connectionPoolConfiguration().connectionFactoryConfiguration();
    }

    private static Properties properties(AgroalConnectionFactoryConfiguration settings) {
        Properties all = new Properties();
        all.putAll(settings.jdbcProperties());
        prove(settings, settings.principal(), all);
        settings.credentials().forEach(credential -> prove(settings, credential, all));
        return all;
    }

    private static void prove(AgroalConnectionFactoryConfiguration settings, Object who, Properties all) {
        if (who == null) {
            return;
        }
        for (AgroalSecurityProvider provider : settings.securityProviders()) {
            Properties proof = provider.getSecurityProperties(who);
            if (proof != null) {
                all.putAll(proof);
                return;
            }
        }
    }

    /** The driver believes an address more than what is given beside it, so {@code own} could not be stronger. */
    private static Properties withOptionsOf(String url, Properties settings) throws SQLException {
        Properties parsed = Driver.parseURL(url, settings);
        if (parsed == null) {
            throw new SQLException("The address of the database is none of PostgreSQL's, such as"
                    + " jdbc:postgresql://db.example.com/replyloop");
        }
        Properties all = new Properties();
        parsed.stringPropertyNames().forEach(name -> all.setProperty(name, parsed.getProperty(name)));
        return all;
    }

    private static String withoutOptions(String url) {
        int options = url.indexOf('?');
        return options < 0 ? url : url.substring(0, options);
    }
}
