//! Texts that tell how to install and use something.

use super::super::claim::Document;
use super::super::table;

/// True for a text that tells how to install and use something and lists no entries of its own: a copied README.
pub(in crate::parse) fn is_manual(document: &Document) -> bool {
    let headings = document.lines.iter().filter_map(|line| table::heading(line.text));
    let is_of_manual = |text: &str| {
        let plain: String = text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
        MANUAL.contains(&plain.as_str())
    };
    headings.filter(|(_, text)| text.len() <= 60 && is_of_manual(text)).take(2).count() == 2
}

/// Headings of manuals, folded.
const MANUAL: &[&str] = &[
    "installation",
    "install",
    "installing",
    "gettingstarted",
    "quickstart",
    "usage",
    "howtouse",
    "license",
    "licence",
    "contributing",
    "contribution",
    "contributors",
    "requirements",
    "prerequisites",
    "configuration",
    "building",
    "buildfromsource",
    "development",
    "deployment",
    "documentation",
    "faq",
    "changelog",
    "roadmap",
    "acknowledgements",
    "acknowledgments",
    "citation",
    "features",
    "support",
    "tableofcontents",
    "安装",
    "安装说明",
    "快速开始",
    "使用",
    "使用方法",
    "使用说明",
    "如何使用",
    "许可证",
    "许可",
    "开源协议",
    "贡献",
    "贡献指南",
    "配置",
    "部署",
    "本地运行",
    "本地开发",
    "功能特性",
    "功能",
    "特性",
    "技术栈",
    "环境要求",
    "项目结构",
    "致谢",
    "常见问题",
    "更新日志",
    "インストール",
    "使い方",
    "ライセンス",
    "설치",
    "사용법",
];
