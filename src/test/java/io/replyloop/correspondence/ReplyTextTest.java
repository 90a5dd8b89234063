package io.replyloop.correspondence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/** What remains of a reply. */
class ReplyTextTest {
    @Test
    void the_quoted_mail_and_who_wrote_it_go() {
        assertThat(ReplyText.of("It is the blue one.\n\nOn Mon, 30 Nov 2026 at 17:00, Example shop\n"
                        + "<chat+abc@mail.example> wrote:\n> Which kite is it?\n>\n> -- \n> Sent by\n"))
                .isEqualTo("It is the blue one.");
        assertThat(ReplyText.of("蓝色的那个。\n\n在 2026年11月30日 17:00，Example shop <chat@mail.example> 写道：\n> 哪个风筝？"))
                .isEqualTo("蓝色的那个。");
        assertThat(ReplyText.of("Der blaue.\nAm 30.11.2026 um 17:00 schrieb Example shop:\n> Welcher?"))
                .isEqualTo("Der blaue.");
    }

    @Test
    void answers_between_quotes_stay() {
        assertThat(ReplyText.of("Anna wrote:\n> Which kite?\nThe blue one.\n> And where to?\nTo Vienna."))
                .contains("The blue one.", "To Vienna.")
                .doesNotContain("Which kite");
    }

    @Test
    void the_history_of_outlook_and_of_chinese_mail_programs_goes() {
        assertThat(ReplyText.of(
                        "Thanks!\n\nFrom: Example shop <chat@mail.example>\nSent: Monday\nTo: Kim\n\nWhich kite?"))
                .isEqualTo("Thanks!");
        assertThat(ReplyText.of("谢谢\n\n------------------ 原始邮件 ------------------\n发件人: \"Example shop\";\n内容"))
                .isEqualTo("谢谢");
        assertThat(ReplyText.of("谢谢\n发件人：客服\n发送时间：2026年11月30日\n内容")).isEqualTo("谢谢");
    }

    @Test
    void signatures_go_and_words_that_only_look_like_history_stay() {
        assertThat(ReplyText.of("Yes.\n-- \nKim Example\n+43 1 234")).isEqualTo("Yes.");
        assertThat(ReplyText.of("Yes.\n\nSent from my iPhone\n")).isEqualTo("Yes.");
        assertThat(ReplyText.of("是的\n发自我的iPhone")).isEqualTo("是的");
        assertThat(ReplyText.of("From: the blue kite\nit has fallen."))
                .isEqualTo("From: the blue kite\nit has fallen.");
        assertThat(ReplyText.of("On Monday she wrote:\nsend it to me"))
                .isEqualTo("On Monday she wrote:\nsend it to me");
    }

    /** Divided in every way between what may stand beside each other, they would keep the mailbox busy for hours. */
    @Test
    @Timeout(value = 120, threadMode = ThreadMode.SEPARATE_THREAD)
    void a_line_of_very_many_spaces_is_read_like_any_other() {
        String spaces = " ".repeat(1_000_000);
        for (String begin : List.of("From", "From *", "*", "", "--", "On Monday, Kim wrote", "Sent from my ")) {
            String line = begin + spaces + "x";
            assertThat(ReplyText.of("Yes.\n" + line)).isEqualTo("Yes.\n" + line);
            assertThat(ReplyText.of("Yes.\nFrom: Kim\n" + line)).isEqualTo("Yes.\nFrom: Kim\n" + line);
        }
        assertThat(ReplyText.ofHtml("<p>Yes" + "\u00a0".repeat(1_000_000) + "No"))
                .isEqualTo("Yes" + spaces + "No");
    }

    @Test
    void html_becomes_lines_without_scripts_and_quotes() {
        assertThat(ReplyText.ofHtml(
                        "<style>p{}</style><p>It is <b>the&nbsp;blue</b><br>one.</p><script>alert(1)</script>"
                                + "<div class=gmail_quote>On Monday: <blockquote>Which?</blockquote></div>"))
                .isEqualTo("It is the blue\none.");
        assertThat(ReplyText.ofHtml("<div>谢谢</div><div id=divRplyFwdMsg>From: x</div><div>old words</div>"))
                .isEqualTo("谢谢");
        assertThat(ReplyText.ofHtml("<p>&lt;b&gt;not bold&lt;/b&gt;</p>")).isEqualTo("<b>not bold</b>");
    }

    /** With a pattern that begins anew at each of them, this does not end while anybody waits. */
    @Test
    void a_million_blanks_take_no_longer_than_a_million_letters() {
        String blanks = "\u00a0".repeat(1_000_000);
        assertThat(ReplyText.ofHtml("<p>Yes" + blanks + "please.</p>"))
                .startsWith("Yes")
                .endsWith("please.");
        assertThat(ReplyText.ofHtml("<p>Yes" + blanks + "</p><p>please.</p>")).isEqualTo("Yes\nplease.");
        assertThat(ReplyText.of("Yes.\n" + " ".repeat(1_000_000) + "x")).endsWith("x");
    }
}
