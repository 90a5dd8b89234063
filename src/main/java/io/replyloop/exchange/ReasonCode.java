package io.replyloop.exchange;

import io.replyloop.platform.WireNames;

/**
 * All messages of an import about a file or a line, in English; names in braces are replaced by the values of the
 * {@link Reason}. The pages have their own sentence for each code, in both languages.
 */
enum ReasonCode {
    // The file is not a table of replies.
    EXCEL_WORKBOOK("This is an Excel workbook, not a text file; open it in Excel, choose 'File > Save As' and the type"
            + " 'CSV UTF-8 (Comma delimited)', and import that file."),
    SPREADSHEET_DOCUMENT("This is a spreadsheet document, not a text file; open it in its program, save or export it as"
            + " CSV with the encoding UTF-8, and import that file."),
    OFFICE_DOCUMENT("This is a text document with its formatting, not a text file; put the replies into a spreadsheet"
            + " with the columns 'title' and 'text', and save it as CSV."),
    PDF("This is a PDF, out of which no table can be read; export the replies as CSV where they come from."),
    IMAGE("This is a picture, not a text file; export the replies as CSV where they come from."),
    ARCHIVE("This is a packed archive; unpack it and import the files in it one after the other."),
    WEB_PAGE("This is a web page, which some programs save with the name of a spreadsheet; open it in a spreadsheet,"
            + " save it as CSV with the encoding UTF-8, and import that file."),
    XML("This is XML; export the replies as CSV or JSON where they come from."),
    NOT_TEXT("This is not a text file; export the replies as CSV or JSONL where they come from."),
    EMPTY_FILE("the file is empty; begin it with a line of column names such as 'title,text'"),
    OTHER_ENCODING("The text seems to be in {encoding}, which is not read here; save the file with the encoding UTF-8,"
            + " or name the encoding if this is wrong: UTF-8, UTF-16, windows-1252 or GB18030."),
    ENCODING_UNKNOWN("The text is in none of the encodings that are read here (UTF-8, UTF-16, windows-1252, GB18030);"
            + " save the file with the encoding UTF-8."),
    ENCODING_UNSURE(
            "The encoding of the file could only be guessed ({encoding}); name it (encoding=…), or look at a dry"
                    + " run and confirm it (confirm=…)."),
    COLUMNS_UNSURE(
            "What the columns mean could only be guessed; name them (mapping=title=…,text=…), or look at a dry run"
                    + " and confirm it (confirm=…)."),
    TOO_MANY_COLUMNS(
            "the file has {columns} columns, and at most {max} are read; check the separator, or remove columns"),

    // The line cannot become a reply.
    DAMAGED_BYTES(
            "the line has bytes that are not {encoding}; write the text again, or import the file with the encoding"
                    + " that it was saved in"),
    UNCLOSED_QUOTE("a quote is opened and not closed, or text follows a closed one, so the rest of the file cannot be"
            + " read; write a quote inside a quoted cell twice (\"\")"),
    TOO_MANY_CELLS("the line has {cells} cells and the header {columns}; put quotes around texts that contain the"
            + " separator"),
    NO_TEXT_COLUMN("the header has no column 'text'; say which column is the text (mapping=text=…), or begin the file"
            + " with a line that names the columns, of which these are known: {known}"),
    DUPLICATE_COLUMN("the header has the column '{column}' twice (category, task and categories are the same); remove"
            + " one, or say which one counts (mapping={field}=#1)"),
    TEXT_MISSING("text is missing; write what the customer gets to read"),
    MISSING("{field} is missing"),
    TOO_LONG("{field} is too long; at most {max} characters are allowed"),
    TOO_MANY("{field} are too many; at most {max} are allowed"),
    NOT_PLAIN("{field} contains a control character or half a character; remove it"),
    UNKNOWN_LANGUAGE("language is not a language code such as 'en', 'zh' or 'zh-TW'"),
    BAD_SHORTCODE(
            "shortcode may have letters, digits, '-' and '_' only, at most 40, and starts with a letter or digit"),
    BAD_CATEGORY("categories has a category with a semicolon, tab or line end; remove that"),
    BAD_CHOICES(
            "choices has one that is empty, too long, on several lines or there twice, or a variable; at most 5 of at"
                    + " most 60 characters are allowed, one on each line"),
    BAD_FIELD("{field} is not valid"),
    SHORTCODE_TAKEN("shortcode '{shortcode}' belongs to the reply '{title}'; choose another one"),
    SHORTCODE_TWICE("shortcode '{shortcode}' belongs to the reply '{title}' of line {line}; choose another one"),
    BAD_ID(
            "id '{value}' is not one that an export gave; leave it out to create a reply, or put your own name for it into"
                    + " 'label'"),
    ID_TWICE("the id belongs to the reply of line {line}, too; remove one of the two lines"),
    UNKNOWN_STATE("state '{value}' is not known; use draft, published or archived"),
    TOO_MANY_QUESTIONS("questions are too many ({count}); at most {max} are allowed for one reply"),
    EMPTY_QUESTION("questions has an empty one; remove it"),
    LINE_TOO_LONG("the line is too long; put one reply on each line"),
    NOT_AN_OBJECT("the line is not a JSON object; write {\"text\": \"…\"} with one reply per line"),
    JSON_MALFORMED("the JSON is malformed at column {column}: {what}; write one complete object per line"),
    NOT_A_TEXT("{field} is not a text; put it in quotes"),
    NOT_A_LIST("{field} is not a list; write [\"…\", \"…\"]"),
    NOT_TEXTS("{field} has something that is not a text; put it in quotes"),
    FRONT_MATTER_MALFORMED("what stands between the lines '---' is not YAML; write 'title: …', one field per line"),

    // The line is imported, but somebody should check it.
    HTML("has HTML, whose tags customers would see; import it as plain text (html=text), or leave it as it is"),
    HTML_CONVERTED("had HTML, which is plain text now"),
    PLACEHOLDERS("has placeholders of another program, which reach customers as they are: {names}"),
    NEAR_DUPLICATE("differs from the reply '{title}' in invisible characters only"),
    NEAR_DUPLICATE_LINE("differs from line {line} in invisible characters only"),
    SPELLED_ALIKE("differs from the reply '{title}' in capitals, punctuation or spaces only"),
    SPELLED_ALIKE_LINE("differs from line {line} in capitals, punctuation or spaces only"),
    GARBLED("looks as if it had been read in a wrong encoding before: {excerpt}"),
    TITLE_SHORTENED("the question is longer than a title may be; the title is its beginning"),

    // The whole file.
    FOREIGN_IDS(
            "The column '{column}' has no ids of this knowledge base and is not used; lines find their reply by their"
                    + " text or label."),
    NO_ROWS("The file has no line with a reply.");

    private final String english;

    ReasonCode(String english) {
        this.english = english;
    }

    String english() {
        return english;
    }

    /** The code in the wire format, such as {@code text-missing}. */
    String wireName() {
        return WireNames.of(this);
    }
}
