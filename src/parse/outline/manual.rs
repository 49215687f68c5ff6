//! Texts that tell how to install and use something, and parts of others that do.

use super::super::claim::Document;
use super::super::heading::heading;
use super::words::is_one_of;
use super::{Outline, Unit};

/// True for a text that tells how to install and use something and lists no entries of its own: a copied README.
pub(in crate::parse) fn is_manual(document: &Document) -> bool {
    let headings = document.lines.iter().filter_map(|line| heading(line.text));
    headings.filter(|(_, text)| is_of_manual(text)).take(2).count() == 2
}

/// True for the words of a heading that manuals have.
pub(in crate::parse) fn is_of_manual(heading: &str) -> bool {
    // Parts of a manual have no numbers, as news and stories do.
    is_one_of(MANUAL, heading) && !heading.bytes().any(|b| b.is_ascii_digit())
}

impl Outline<'_, '_> {
    /// The items that are entries beside headings that are: where these list works, items below headings of a manual tell what their list
    /// is made with, and how to help.
    pub(super) fn items_beside(&self, by_heading: &[Unit]) -> Vec<Unit> {
        let mut by_item = self.item_units(by_heading);
        let is_part = |unit: &Unit| self.stands_in_manual(unit.naming);
        let n_works = by_heading.iter().filter(|unit| !unit.weak && !is_part(unit)).take(MIN_WORKS).count();
        if n_works == MIN_WORKS && is_manual(self.document) {
            by_item.retain(|unit| !is_part(unit));
        }
        by_item
    }

    /// True for a line below a heading that manuals have.
    pub(super) fn stands_in_manual(&self, line: usize) -> bool {
        let mut above = self.headings.partition_point(|heading| heading.line < line).checked_sub(1);
        while let Some(at) = above {
            if is_of_manual(self.blocks[self.headings[at].line].text) {
                return true;
            }
            above = self.headings[at].parent;
        }
        false
    }
}

/// Fewer works make no list.
const MIN_WORKS: usize = 2;

/// Headings of manuals, folded.
const MANUAL: &[&str] = &[
    "installation",
    "install",
    "installing",
    "gettingstarted",
    "quickstart",
    "usage",
    "howtouse",
    "howitworks",
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
