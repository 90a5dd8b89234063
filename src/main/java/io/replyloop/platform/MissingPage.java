package io.replyloop.platform;

/**
 * The page that a browser shows for an unknown address. It has no styles or scripts, because its policy allows neither.
 */
final class MissingPage {
    static final String ENGLISH = page(
            "en",
            "There is no such page",
            "The address may be mistyped. From here you can go on to:",
            "Agent console",
            "Administration");

    static final String CHINESE = page("zh-CN", "没有这个页面", "地址可能有误。您可以前往：", "客服工作台", "管理后台");

    private MissingPage() {}

    private static String page(String language, String title, String text, String console, String administration) {
        return """
                <!doctype html>
                <html lang="%1$s">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>%2$s</title>
                </head>
                <body>
                <main>
                <h1>%2$s</h1>
                <p>%3$s</p>
                <ul>
                <li><a href="/console/">%4$s</a></li>
                <li><a href="/admin/">%5$s</a></li>
                </ul>
                </main>
                </body>
                </html>
                """.formatted(language, title, text, console, administration);
    }
}
