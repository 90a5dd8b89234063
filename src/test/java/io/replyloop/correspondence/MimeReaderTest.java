package io.replyloop.correspondence;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** Mails as they come, and as they should not. */
class MimeReaderTest {
    private static final int LONGEST = 10_000;

    private static MimeMessage mail(byte[] bytes) throws MessagingException {
        return new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(bytes));
    }

    private static IncomingMail read(String text) throws MessagingException, IOException {
        return new MimeReader(LONGEST).read(mail(text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8)));
    }

    private static IncomingMail read(String headers, byte[] body) throws MessagingException, IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write((headers.replace("\n", "\r\n") + "\r\n").getBytes(StandardCharsets.US_ASCII));
        all.write(body);
        return new MimeReader(LONGEST).read(mail(all.toByteArray()));
    }

    @Test
    void chinese_is_read_in_whatever_encoding_it_comes() throws Exception {
        byte[] gb = "风筝到了，谢谢。㐀".getBytes(Charset.forName("gb18030"));
        for (String charset : new String[] {"gb18030", "GB2312", "gbk", "\"x-unheard-of\""}) {
            assertThat(read("Content-Type: text/plain; charset=" + charset + "\nContent-Transfer-Encoding: 8bit\n", gb)
                            .body()
                            .read()
                            .text())
                    .as(charset)
                    .isEqualTo("风筝到了，谢谢。㐀");
        }
        assertThat(read("Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n"
                                + "\n=E9=A3=8E=E7=AD=9D caf=C3=A9=\n au lait")
                        .body()
                        .read()
                        .text())
                .isEqualTo("风筝 café au lait");
        assertThat(read(
                                "Content-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: 8bit\n",
                                new byte[] {'c', 'a', 'f', (byte) 0xe9})
                        .body()
                        .read()
                        .text())
                .isEqualTo("café");
    }

    @Test
    void of_nested_alternatives_the_plain_one_counts_and_files_are_named() throws Exception {
        IncomingMail mail = read("""
                Message-ID: <one@people.example>
                From: "Kim, of the kites" <KIM@People.example>
                To: Chat <chat+abc@mail.example>
                References: <a@x.example> <b@x.example>
                In-Reply-To: <b@x.example>
                Content-Type: multipart/mixed; boundary=out

                --out
                Content-Type: multipart/alternative; boundary=in

                --in
                Content-Type: text/plain

                Plain
                --in
                Content-Type: text/html

                <b>Rich</b>
                --in--
                --out
                Content-Type: application/pdf; name="=?utf-8?B?6aOO562dLnBkZg==?="
                Content-Disposition: attachment
                Content-Transfer-Encoding: base64

                JVBERi0xLjQK
                --out--
                """);
        IncomingMail.Contents contents = mail.body().read();
        assertThat(contents.text()).isEqualTo("Plain");
        assertThat(mail.from()).isEqualTo("kim@people.example");
        assertThat(mail.references()).startsWith("<b@x.example>", "<a@x.example>");
        assertThat(mail.recipients()).anyMatch(to -> to.contains("chat+abc@"));
        IncomingMail.File file = contents.files().get(0);
        assertThat(contents.files()).hasSize(1);
        assertThat(file.name()).isEqualTo("风筝.pdf");
        assertThat(file.open().readAllBytes()).startsWith("%PDF".getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void nesting_without_end_and_huge_texts_are_read_to_a_limit() throws Exception {
        StringBuilder deep = new StringBuilder();
        for (int depth = 0; depth < 500; depth++) {
            deep.append("Content-Type: multipart/mixed; boundary=b")
                    .append(depth)
                    .append("\n\n--b")
                    .append(depth)
                    .append('\n');
        }
        deep.append("Content-Type: text/plain\n\nToo deep\n");
        assertThat(read(deep.toString()).body().read().text()).isEmpty();
        assertThat(read("Content-Type: text/plain\n\n" + "x".repeat(50_000))
                        .body()
                        .read()
                        .text())
                .hasSize(LONGEST);
        String many = "\n--b\nContent-Type: text/plain\n\nx".repeat(5_000);
        assertThat(read("Content-Type: multipart/mixed; boundary=b\n" + many)
                        .body()
                        .read()
                        .text()
                        .length())
                .isLessThan(300);
        String long90 = ("\n--b\nContent-Type: text/plain\n\n" + "x".repeat(LONGEST)).repeat(90);
        assertThat(read("Content-Type: multipart/mixed; boundary=b\n" + long90)
                        .body()
                        .read()
                        .text()
                        .strip())
                .as("of all parts together")
                .hasSize(LONGEST);
    }

    @Test
    void a_message_id_is_what_stands_between_brackets_and_nothing_that_follows_it() throws Exception {
        assertThat(read("Message-ID: <one@people.example>\n a: b\n\nHere").messageId())
                .isEqualTo("<one@people.example>");
        assertThat(read("Message-ID: one\n\nHere").messageId()).endsWith("@no-message-id>");
    }

    @Test
    void malformed_mails_are_read_as_far_as_they_go() throws Exception {
        assertThat(read("Content-Type: ;;;/=\nFrom: <<<@@>>\n\nWords")
                        .body()
                        .read()
                        .text())
                .isEqualTo("Words");
        assertThat(read("Content-Type: multipart/mixed\n\nno boundary")
                        .body()
                        .read()
                        .text())
                .isEmpty();
        assertThat(read("\nOnly words\u0000 and \u0007bells").body().read().text())
                .isEqualTo("Only words and bells");
        assertThat(read("").body().read().text()).isEmpty();
    }

    @Test
    void holiday_notices_lists_and_reports_are_known() throws Exception {
        for (String header : new String[] {
            "Auto-Submitted: auto-replied",
            "Precedence: bulk",
            "Return-Path: <>",
            "X-Autoreply: yes",
            "List-Id: <kites.example>",
            "From: Mailer-Daemon@x.example"
        }) {
            assertThat(read(header + "\nContent-Type: text/plain\n\nAway").automatic())
                    .as(header)
                    .isTrue();
        }
        assertThat(read("Auto-Submitted: no\nContent-Type: text/plain\n\nHere").automatic())
                .isFalse();
    }

    @Test
    void a_report_of_failure_names_the_mail_and_the_reason() throws Exception {
        String report = """
                From: MAILER-DAEMON@x.example
                Content-Type: multipart/report; report-type=delivery-status; boundary=b

                --b
                Content-Type: text/plain

                Sorry
                --b
                Content-Type: message/delivery-status

                Reporting-MTA: dns; x.example

                Final-Recipient: rfc822; kim@people.example
                Action: %s
                Status: 5.1.1
                Diagnostic-Code: smtp; 550 5.1.1 User unknown
                --b
                Content-Type: text/rfc822-headers

                Message-ID: <11111111-2222-3333-4444-555555555555@mail.example>
                Subject: Yours
                --b--
                """;
        Optional<MimeReader.Bounce> failed = new MimeReader(LONGEST)
                .bounce(mail(report.formatted("failed").replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8)));
        assertThat(failed).isPresent();
        assertThat(failed.get().messageId()).isEqualTo("<11111111-2222-3333-4444-555555555555@mail.example>");
        assertThat(failed.get().reason()).contains("550 5.1.1 User unknown");
        assertThat(new MimeReader(LONGEST)
                        .bounce(mail(report.formatted("delayed").getBytes(StandardCharsets.UTF_8))))
                .isEmpty();
    }

    @Test
    void what_becomes_a_header_or_is_stored_has_no_character_that_cannot() throws Exception {
        assertThat(read("Message-ID: junk <one@people.example> more\n\nText").messageId())
                .isEqualTo("<one@people.example>");
        for (String bad : new String[] {"no brackets", "<a b@c>", "<" + "a".repeat(5_000) + "@b>", "<\u0000@b>"}) {
            assertThat(read("Message-ID: " + bad + "\n\nText").messageId()).endsWith("@no-message-id>");
        }
        IncomingMail.Contents file = read("From: <a\u0001b@c.example>\nContent-Type: application/pdf\n"
                        + "Content-Disposition: attachment; filename=\"=?utf-8?B?YQBiLnBkZg==?=\"\n\n%PDF")
                .body()
                .read();
        assertThat(file.files()).extracting(IncomingMail.File::name).containsExactly("ab.pdf");
    }

    @Test
    void texts_of_many_parts_are_read_to_the_limit_of_one() throws Exception {
        String part = "--b\nContent-Type: text/plain\n\n" + "word ".repeat(1_200) + "\n";
        String text = read("Content-Type: multipart/mixed; boundary=b\n\n" + part.repeat(20) + "--b--\n")
                .body()
                .read()
                .text();
        assertThat(text).hasSizeBetween(LONGEST / 2, LONGEST + 20);
    }
}
