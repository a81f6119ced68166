// Generated from filter.grammar by npm run generate.
import {LRParser} from "@lezer/lr"
import {words} from "./words.ts"
export const parser = LRParser.deserialize({
  version: 14,
  states: "'zQVQROOOOQP'#Cs'#CsOVQRO'#CfOVQRO'#CgOOQP'#DP'#DPOhQRO'#CjOOQP'#Cr'#CrOOQP'#DO'#DOOOQP'#C}'#C}OsQRO'#C|OOQP'#C|'#C|O!TQRO'#C{OOQO'#C{'#C{QOQQOOOOQP-E6q-E6qOOQP,59Q,59QO!`QQO,59RO!eQRO,59UO!pQQO,59UO!uQRO,59UOOQP'#Cv'#CvOVQRO'#CvO!zQRO,59POVQRO'#CwO#[QRO,59OOOQP1G.m1G.mO#gQRO'#CmOOQP1G.p1G.pO!pQQO1G.pOOQP,59b,59bOOQP-E6t-E6tOOQP,59c,59cOOQP-E6u-E6uO#gQRO'#CpOOQP'#DT'#DTOOQP'#DS'#DSO#uQRO'#DROOQP'#DR'#DRO$uQRO'#DQOOQO'#DQ'#DQO$|QQO,59XOOQP7+$[7+$[OOQP,59[,59[O#gQRO'#CtO%RQRO,59ZOOQP'#Cu'#CuO#gQRO'#CuO%mQRO,59YOOQP1G.s1G.sOOQP,59`,59`OOQP-E6r-E6rOOQP,59a,59aOOQP-E6s-E6s",
  stateData: "%t~OnOS~OPTOQSOTPO[RO`SO~OTcOUbO_aO~OReOSpXlpX]pX~PVOSgOloX]oX~O]iO~OQSO[jO`SO~O[jO~OUlO~OReOSXalXa]Xa~PVOSgOlWa]Wa~OQSOTPO[jO`SO~OR{OQuXSuXTuX[uX]uX`uXeuX~OQSOS!OOTPO[jO`SOe!OO~O]tX~P$aO]!QO~OR{OQcaScaTca[ca]ca`caeca~O]ba~P$aO",
  goto: "%}xPPPPPPPPy}!S![PP![PP!e!t!w!}P![#U#i#o#u#{PPP$R$X$`$l$w%]%`%j%sT[ORVYORg]WORXefg_VOQRXefgSkab[rjqv{!O!PRylRwjXujv!O!PZsjv{!O!P[QORXefgS^QqZqjv{!O!PQ|tR!S|Q!PvR!U!PQfXRnfQhZRphQ]OR`RSZORRogUXORgSdXfRme[WORXefgR_Q^UOQRXefgQka]rjqv{!O!PRxjQvjS}v!PR!T!OWtjv!O!PR!R{Ysjv{!O!PRzq",
  nodeNames: "⚠ FieldName Value AndWord OrWord NotWord InWord Filter Or And Not Group ( ) Test Operator String ValueGroup ValueOr ValueAnd ValueNot , Bare",
  maxTerm: 39,
  skippedNodes: [0],
  repeatNodeCount: 5,
  tokenData: "'Y~RdX^!apq!aqr#Urs#awx$}xy&fyz&k|}&p![!]&u!^!_'Q!_!`'Q!`!a'Q#y#z!a$f$g!a#BY#BZ!a$IS$I_!a$I|$JO!a$JT$JU!a$KV$KW!a&FU&FV!a~!fYn~X^!apq!a#y#z!a$f$g!a#BY#BZ!a$IS$I_!a$I|$JO!a$JT$JU!a$KV$KW!a&FU&FV!a~#XP!_!`#[~#aO_~~#dVOr#ars#ys#O#a#O#P$O#P;'S#a;'S;=`$w<%lO#a~$OO`~~$RRO;'S#a;'S;=`$[;=`O#a~$_WOr#ars#ys#O#a#O#P$O#P;'S#a;'S;=`$w;=`<%l#a<%lO#a~$zP;=`<%l#a~%QVOw$}wx#yx#O$}#O#P%g#P;'S$};'S;=`&`<%lO$}~%jRO;'S$};'S;=`%s;=`O$}~%vWOw$}wx#yx#O$}#O#P%g#P;'S$};'S;=`&`;=`<%l$}<%lO$}~&cP;=`<%l$}~&kO[~~&pO]~~&uOe~~&zQ_~!^!_'Q!`!a'Q~'VP_~!_!`#[",
  tokenizers: [words, 0],
  topRules: {"Filter":[0,7]},
  tokenPrec: 0
})
