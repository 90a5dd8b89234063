package io.replyloop.platform;

/** What a browser shows of an address that is none. Without styles and scripts: its policy allows neither. */
final class MissingPage {
    static final String ENGLISH = """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>There is no such page</title>
            </head>
            <body>
            <main>
            <h1>There is no such page</h1>
            <p>The address may be mistyped. From here you can go on to:</p>
            <ul>
            <li><a href="/console/">Agent console</a></li>
            <li><a href="/admin/">Administration</a></li>
            </ul>
            </main>
            </body>
            </html>
            """;

    static final String CHINESE = """
            <!doctype html>
            <html lang="zh-CN">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>没有这个页面</title>
            </head>
            <body>
            <main>
            <h1>没有这个页面</h1>
            <p>地址可能有误。您可以前往：</p>
            <ul>
            <li><a href="/console/">客服工作台</a></li>
            <li><a href="/admin/">管理后台</a></li>
            </ul>
            </main>
            </body>
            </html>
            """;

    private MissingPage() {}
}
