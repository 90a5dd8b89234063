package io.replyloop.reports;

import jakarta.enterprise.context.ApplicationScoped;

/** Tables as files. Counting reads alone, so the entry in the audit log is a transaction of its own, after it. */
@ApplicationScoped
class ReportExport {
    private final ReportService reports;

    ReportExport(ReportService reports) {
        this.reports = reports;
    }

    String csv(ReportTable table, ReportFilter filter) {
        ReportView report = reports.report(filter, Integer.MAX_VALUE);
        reports.exported(table.wireName(), filter);
        return table.csv(report);
    }
}
