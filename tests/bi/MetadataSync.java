import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

/**
 * Reads a PostgreSQL catalog as Metabase's sync does, through java.sql.DatabaseMetaData alone, and prints
 * one JSON document: every table and view outside the system's schemas with its remark, columns, primary
 * key and imported keys, and whether this user may select from it.
 *
 * java -cp /usr/share/java/postgresql.jar MetadataSync.java jdbc:postgresql://host:port/database user
 * The password is taken from PGPASSWORD.
 */
public class MetadataSync {
    static final String[] KINDS = {"TABLE", "PARTITIONED TABLE", "VIEW", "FOREIGN TABLE", "MATERIALIZED VIEW"};
    static final Set<String> SYSTEM = Set.of("pg_catalog", "information_schema");

    public static void main(String[] arguments) throws SQLException {
        Properties login = new Properties();
        login.setProperty("user", arguments[1]);
        login.setProperty("password", System.getenv().getOrDefault("PGPASSWORD", ""));
        try (Connection connection = DriverManager.getConnection(arguments[0], login)) {
            System.setOut(new java.io.PrintStream(System.out, true, java.nio.charset.StandardCharsets.UTF_8));
            System.out.println(json(describe(connection)));
        }
    }

    static Map<String, Object> describe(Connection connection) throws SQLException {
        DatabaseMetaData catalog = connection.getMetaData();
        Map<String, Object> found = new LinkedHashMap<>();
        found.put("driver", catalog.getDriverName() + " " + catalog.getDriverVersion());
        found.put("server", catalog.getDatabaseProductName() + " " + catalog.getDatabaseProductVersion());
        found.put("user", catalog.getUserName());
        List<Map<String, Object>> tables = new ArrayList<>();
        for (Map<String, Object> table : tables(catalog)) {
            if (!SYSTEM.contains(table.get("schema"))) {
                complete(catalog, table);
                table.put("readable", mayRead(connection, table));
                tables.add(table);
            }
        }
        found.put("tables", tables);
        return found;
    }

    static List<Map<String, Object>> tables(DatabaseMetaData catalog) throws SQLException {
        try (ResultSet rows = catalog.getTables(null, null, "%", KINDS)) {
            return read(rows, Map.of("TABLE_SCHEM", "schema", "TABLE_NAME", "name", "TABLE_TYPE", "type",
                    "REMARKS", "remarks"), Map.of());
        }
    }

    static void complete(DatabaseMetaData catalog, Map<String, Object> table) throws SQLException {
        String schema = (String) table.get("schema");
        String name = (String) table.get("name");
        try (ResultSet rows = catalog.getColumns(null, literally(catalog, schema), literally(catalog, name), "%")) {
            table.put("columns", read(rows, Map.of("COLUMN_NAME", "name", "TYPE_NAME", "type", "REMARKS", "remarks",
                    "IS_NULLABLE", "nullable"), Map.of("DATA_TYPE", "jdbc_type", "COLUMN_SIZE", "precision",
                    "DECIMAL_DIGITS", "scale", "ORDINAL_POSITION", "position")));
        }
        try (ResultSet rows = catalog.getPrimaryKeys(null, schema, name)) {
            table.put("primary_key", read(rows, Map.of("COLUMN_NAME", "column"), Map.of("KEY_SEQ", "position")));
        }
        try (ResultSet rows = catalog.getImportedKeys(null, schema, name)) {
            table.put("imported_keys", read(rows, Map.of("FK_NAME", "key", "FKCOLUMN_NAME", "column", "PKTABLE_SCHEM",
                    "to_schema", "PKTABLE_NAME", "to_table", "PKCOLUMN_NAME", "to_column"), Map.of()));
        }
    }

    /** The names are patterns to JDBC: budget_execution would also describe a budgetXexecution. */
    static String literally(DatabaseMetaData catalog, String name) throws SQLException {
        return name.replace("_", catalog.getSearchStringEscape() + "_");
    }

    /** Metabase's probe: a query that returns nothing and is refused without the right to select. */
    static boolean mayRead(Connection connection, Map<String, Object> table) throws SQLException {
        String probe = "select true from \"%s\".\"%s\" where 1 <> 1 limit 0";
        try (Statement statement = connection.createStatement()) {
            statement.executeQuery(probe.formatted(table.get("schema"), table.get("name")));
            return true;
        } catch (SQLException refused) {
            if ("42501".equals(refused.getSQLState())) { // insufficient_privilege
                return false;
            }
            throw refused;
        }
    }

    static List<Map<String, Object>> read(ResultSet rows, Map<String, String> texts, Map<String, String> numbers)
            throws SQLException {
        List<Map<String, Object>> found = new ArrayList<>();
        while (rows.next()) {
            Map<String, Object> row = new LinkedHashMap<>();
            for (Map.Entry<String, String> text : texts.entrySet()) {
                row.put(text.getValue(), rows.getString(text.getKey()));
            }
            for (Map.Entry<String, String> number : numbers.entrySet()) {
                int value = rows.getInt(number.getKey());
                row.put(number.getValue(), rows.wasNull() ? null : value);
            }
            found.add(row);
        }
        return found;
    }

    static String json(Object value) {
        if (value instanceof Map<?, ?> map) {
            List<String> members = new ArrayList<>();
            map.forEach((key, member) -> members.add(json(key) + ": " + json(member)));
            return "{" + String.join(", ", members) + "}";
        }
        if (value instanceof Collection<?> list) {
            return "[" + String.join(",\n", list.stream().map(MetadataSync::json).toList()) + "]";
        }
        return value instanceof String text ? quoted(text) : String.valueOf(value);
    }

    static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (char letter : text.toCharArray()) {
            quoted.append(letter == '"' || letter == '\\' ? "\\" + letter
                    : letter < ' ' ? "\\u%04x".formatted((int) letter) : String.valueOf(letter));
        }
        return quoted.append('"').toString();
    }
}
