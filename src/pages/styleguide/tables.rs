//! Tables: sorted, waiting, empty, short, and as cards on a phone.

use leptos::prelude::*;

use super::{Example, Part, samples};
use crate::{
    components::{RankingTable, StockTable},
    model::market::{Column, ListingView},
};

#[component]
pub fn Tables() -> impl IntoView {
    let sorted = ListingView::read([("sort_by", "changes_ratio,volume")]).0;
    let wide = ListingView::read([("cols", "close,change,changes_ratio,industry,dept,marcap,shares,isin")]).0;
    let columns: &'static [Column] = &[Column::Close, Column::Change, Column::ChangesRatio];
    view! {
        <Part id="tables" name="Tables">
            <Example name="Listing: two columns sort, one issue is halted, one name is long (narrow the window for cards)">
                <StockTable caption="Sorted".to_owned() stocks=samples::issues() view=sorted/>
            </Example>
            <Example name="Listing with words as columns">
                <StockTable caption="Words".to_owned() stocks=samples::issues() view=wide/>
            </Example>
            <Example name="Listing while other rows are on their way">
                <StockTable caption="Waiting".to_owned() stocks=samples::issues() busy=RwSignal::new(true)/>
            </Example>
            <Example name="Short list">
                <article class="board-card">
                    <RankingTable caption="Short".to_owned() stocks=samples::issues() columns/>
                </article>
            </Example>
            <Example name="Short list, empty">
                <article class="board-card">
                    <RankingTable caption="Empty".to_owned() stocks=Vec::new() columns/>
                </article>
            </Example>
            <Example name="Few columns, cards on a phone">
                <table class="table table--cards" role="table">
                    <thead role="rowgroup">
                        <tr role="row">
                            <th scope="col" role="columnheader">"Time"</th>
                            <th scope="col" role="columnheader">"Result"</th>
                        </tr>
                    </thead>
                    <tbody role="rowgroup">
                        <tr role="row">
                            <td role="cell" data-label="Time">"2026-03-20 18:00"</td>
                            <td role="cell" data-label="Result"><span class="badge">"Good"</span></td>
                        </tr>
                        <tr role="row">
                            <td role="cell" data-label="Time">"2026-03-20 17:59"</td>
                            <td role="cell" data-label="Result"><span class="badge badge--danger">"Bad"</span></td>
                        </tr>
                    </tbody>
                </table>
            </Example>
        </Part>
    }
}
