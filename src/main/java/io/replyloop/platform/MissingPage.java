package io.replyloop.platform;

import java.util.Base64;

/**
 * The page that a browser shows for an unknown address. It needs nothing besides itself, since addresses of styles may be
 * what is wrong; its policy allows its own style and no script.
 */
final class MissingPage {
    /** As the other pages look, see {@code tokens.css}. */
    private static final String STYLE = """
            :root { color-scheme: light dark; --bg: #f5f6f8; --surface: #fff; --text: #1b1f27; --muted: #5c6472; --line: #dfe3ea; --link: #2a49bd }
            @media (prefers-color-scheme: dark) {
              :root { --bg: #101318; --surface: #181c23; --text: #e8ebf1; --muted: #9da6b6; --line: #2b323e; --link: #9db2ff }
            }
            body { display: grid; place-items: center; min-height: 100dvh; margin: 0; background: var(--bg); color: var(--text); font: 15px/1.5 system-ui, sans-serif }
            main { box-sizing: border-box; width: min(400px, 100% - 32px); padding: 20px; border: 1px solid var(--line); border-radius: 10px; background: var(--surface) }
            h1 { margin: 0; font-size: 1.4rem; line-height: 1.25 }
            p { color: var(--muted) }
            ul { margin: 0; padding: 0; list-style: none }
            li + li { margin-top: 8px }
            a { color: var(--link) }
            """;

    static final String POLICY =
            "sandbox; default-src 'none'; style-src 'sha256-" + sha256(STYLE) + "'; frame-ancestors 'none'";

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
                <style>%6$s</style>
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
                """.formatted(language, title, text, console, administration, STYLE);
    }

    private static String sha256(String text) {
        return Base64.getEncoder().encodeToString(Sha256.of(text));
    }
}
