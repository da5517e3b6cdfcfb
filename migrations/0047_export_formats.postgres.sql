-- Leads as XLSX and as vCards. Which formats there are is said in src/exports/export.hpp.
ALTER TABLE exports DROP CONSTRAINT exports_format_check;
ALTER TABLE exports ADD CONSTRAINT exports_format_check
    CHECK (format IN ('zip', 'csv', 'jsonl', 'xlsx', 'vcf'));
